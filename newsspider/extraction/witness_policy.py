"""When trafilatura is asked about a page: accuracy against time."""

from typing import Literal, get_args

from newsspider.errors import UsageError

# "always": about every page. "unsure": where the model alone is unsure of a block, see
# `witness_need`. "never": about none.
WitnessPolicy = Literal["always", "unsure", "never"]
POLICIES: tuple[WitnessPolicy, ...] = get_args(WitnessPolicy)


def read_policy(value: object, name: str = "witness") -> WitnessPolicy:
    """Return the policy that a flag, a setting or an argument asks for.

    Args:
        value: of the flag, setting or argument.
        name: of the flag, setting or argument, for the error.

    Raises:
        UsageError: one line that names the three policies.
    """
    for policy in POLICIES:
        if value == policy:
            return policy

    raise UsageError(f"{name} {value}: expected {', '.join(POLICIES[:-1])} or {POLICIES[-1]}")
