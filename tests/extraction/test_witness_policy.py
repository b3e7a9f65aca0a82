"""When trafilatura is asked: three policies, and one line for any other."""

import pytest

from newsspider.errors import UsageError
from newsspider.extraction.witness_policy import POLICIES, read_policy


def test_policies_are_three() -> None:
    assert POLICIES == ("always", "unsure", "never")


@pytest.mark.parametrize("policy", POLICIES)
def test_policy_is_read_by_its_name(policy: str) -> None:
    assert read_policy(policy) == policy


@pytest.mark.parametrize("value", ["", "Always", "sometimes", None, True, 0, ["never"]])
def test_anything_else_is_a_usage_error_that_names_the_three(value: object) -> None:
    with pytest.raises(UsageError) as refused:
        read_policy(value, "--witness")
    assert str(refused.value) == f"--witness {value}: expected always, unsure or never"
