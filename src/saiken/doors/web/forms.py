"""Forms that pages post, read without a library: a few short fields."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import Request

from saiken.doors.errors import BadInputError


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises BadInputError where it is none."""
    body = await request.body()
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise BadInputError("the form cannot be read", "send it as a form, in UTF-8") from None
    return {name: values[-1] for name, values in fields.items()}
