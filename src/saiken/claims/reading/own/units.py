"""Units that convert into each other: the size of each in the first."""

PHYSICAL = {
    "Wh": {"wh": 1.0, "kwh": 1e3, "kilowatt-hours": 1e3, "mwh": 1e6, "megawatt-hours": 1e6, "gwh": 1e9, "gigawatt-hours": 1e9, "twh": 1e12, "terawatt-hours": 1e12},
    "W": {"watts": 1.0, "kilowatts": 1e3, "megawatts": 1e6, "mw": 1e6, "gigawatts": 1e9, "gw": 1e9, "terawatts": 1e12},
    "t": {"kg": 1e-3, "kilograms": 1e-3, "tonnes": 1.0, "tonne": 1.0, "metric tons": 1.0, "million tonnes": 1e6, "billion tonnes": 1e9},
    "ha": {"ha": 1.0, "hectares": 1.0, "million ha": 1e6, "million hectares": 1e6, "square kilometers": 100.0, "square kilometres": 100.0, "million square kilometers": 1e8},
}  # fmt: skip


def alike(unit: str) -> dict[str, float]:
    """The units into which `unit` converts, with their sizes; none where it is known by itself."""
    named = unit.casefold()
    return next((sizes for sizes in PHYSICAL.values() if named in sizes), {})
