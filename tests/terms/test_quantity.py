"""Amounts keep their bounds in order, whatever is made of them."""

from saiken.terms.quantity import Quantity


def test_a_negative_factor_turns_the_bounds_around() -> None:
    assert Quantity(2.0, 1.0, 4.0, "x").scaled(-3, "USD") == Quantity(-6.0, -12.0, -3.0, "USD")
    assert Quantity(2.0, 1.0, 4.0, "x").scaled(3, "USD") == Quantity(6.0, 3.0, 12.0, "USD")


def test_a_reach_counts_to_both_sides_whatever_its_sign() -> None:
    assert Quantity.around(-7.0, -0.5, "x") == Quantity(-7.0, -7.5, -6.5, "x")


def test_per_cent_are_told_in_parts_of_one_without_noise() -> None:
    told = Quantity(57.0, 56.5, 57.5, "%").divided(100, "ratio")
    assert (told.value, told.low, told.high) == (0.57, 0.565, 0.575)
