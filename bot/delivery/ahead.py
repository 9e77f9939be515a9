"""Work in stages: while one thing is used, the next one is made."""

import asyncio
from collections.abc import AsyncGenerator
from typing import TypeVar

T = TypeVar("T")


async def one_ahead(source: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """Give what ``source`` gives, each time with the next one under way already."""
    following = asyncio.create_task(anext(source, None))
    try:
        while (found := await following) is not None:
            following = asyncio.create_task(anext(source, None))
            yield found
    finally:
        # Nobody asked for it yet, so what it comes to, or fails by, is nobody's.
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await source.aclose()
