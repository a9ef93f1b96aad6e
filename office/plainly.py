"""The workspace's refusals as the errors that pages and commands know."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from warehouse.errors import JunhengError
from workspace.refusals import RefusedError

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def plainly(work: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Pass on what the workspace refuses as a `JunhengError` with the same sentences."""

    @wraps(work)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        try:
            return work(*args, **kwargs)
        except RefusedError as refused:
            raise JunhengError(refused.message_zh, refused.message_en, refused.exit_code) from refused

    return asked
