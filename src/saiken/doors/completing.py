"""Print what a shell needs to complete saiken's commands and options.

bash:  saiken completion bash > ~/.local/share/bash-completion/completions/saiken
zsh:   add to ~/.zshrc:  autoload -U bashcompinit && bashcompinit && eval "$(saiken completion bash)"
fish:  saiken completion fish > ~/.config/fish/completions/saiken.fish
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from saiken.doors.errors import Exit

BASH = """\
_saiken() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} known=
    if [ "$COMP_CWORD" -eq 1 ]; then
        known="{commands}"
    else
        case ${{COMP_WORDS[1]}} in
{cases}
        esac
    fi
    COMPREPLY=($(compgen -W "$known" -- "$word"))
    if [ "$COMP_CWORD" -gt 1 ] && [ "${{word#-}}" = "$word" ]; then
        COMPREPLY+=($(compgen -f -- "$word"))
    fi
}}
complete -o filenames -F _saiken saiken"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=["bash", "fish"])


def run(args: Namespace) -> int:
    print(_bash() if args.shell == "bash" else _fish())
    return Exit.DONE


def _options() -> dict[str, dict[str, str]]:
    """Of each command, its long options and what they are for."""
    from saiken.doors.cli import COMMANDS, command_parser

    found = {}
    for name in COMMANDS:
        _, parser = command_parser(name)
        named = ((action.option_strings, action.help or "") for action in parser._actions)  # noqa: SLF001
        found[name] = {strings[-1]: text for strings, text in named if strings}
    return found


def _bash() -> str:
    options = _options()
    cases = "\n".join(
        f'            {name}) known="{" ".join(own)}" ;;' for name, own in options.items()
    )
    return BASH.format(commands=" ".join(options), cases=cases)


def _fish() -> str:
    from saiken.doors.cli import COMMANDS

    lines = []
    for name, own in _options().items():
        about = COMMANDS[name][1]
        lines.append(f'complete -c saiken -n __fish_use_subcommand -a {name} -d "{about}"')
        for option, text in own.items():
            seen = f'"__fish_seen_subcommand_from {name}"'
            lines.append(f'complete -c saiken -n {seen} -l {option.removeprefix("--")} -d "{text}"')
    return "\n".join(lines)
