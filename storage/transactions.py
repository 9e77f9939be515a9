"""The two kinds of transactions, as types: a reader handed to a writer is a type error."""

from typing import NewType

from sqlalchemy.ext.asyncio import AsyncConnection

#: A transaction that reads. Outside of storage it is only passed on.
ReadTx = NewType("ReadTx", AsyncConnection)
#: A transaction that writes, and so may read.
WriteTx = NewType("WriteTx", ReadTx)
