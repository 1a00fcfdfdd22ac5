"""A process in which one system call that writes files fails, or is the last: Python alone, through ptrace and seccomp.

The filter (seccomp(2)) stops the process before each such call and at no other, so little time is lost. Whoever traces
it (ptrace(2)) counts the calls, lets one fail or kills the process. SQLite's calls are among them, and no other program
is needed. It takes Linux on x86_64, where registers and numbers of calls are as told here.
"""

import ctypes
import errno
import os
import platform
import signal
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

CREATES: Final = {2: 0, 257: 1, 85: None}
"""open, openat, creat: they may make a file. Which argument names it; the next one holds the flags."""
ON_FILES: Final = {
    1: "write", 18: "pwrite64", 20: "writev", 296: "pwritev", 40: "sendfile", 285: "fallocate",
    74: "fsync", 75: "fdatasync", 77: "ftruncate", 91: "fchmod", 93: "fchown",
}  # fmt: skip
"""Calls whose first argument is an open file. They count where that is a file with a name."""
ON_NAMES: Final = {
    76: "truncate", 82: "rename", 264: "renameat", 316: "renameat2", 83: "mkdir", 258: "mkdirat", 84: "rmdir",
    86: "link", 265: "linkat", 87: "unlink", 263: "unlinkat", 88: "symlink", 266: "symlinkat",
    90: "chmod", 268: "fchmodat",
}  # fmt: skip
NEEDS_NO_ROOM: Final = {"rmdir", "unlink", "unlinkat", "chmod", "fchmod", "fchmodat", "fchown", "truncate"}
"""Calls that a full disk does not hinder."""

_TRACEME, _CONT, _SETOPTIONS, _GETREGSET, _SETREGSET = 0, 7, 0x4200, 0x4204, 0x4205
_OPTIONS = 0x80 | 0x100000
"""Stop where the filter says so; the process ends when whoever traces it does."""
_SECCOMP_STOP = 7
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_REGISTERS, _RESULT, _NUMBER = 27, 10, 15
_ARGUMENTS = (14, 13, 12)
"""Where registers of x86_64 hold the result, the number and the first arguments of a call (sys/user.h)."""
_NOT_TRACED = 77


class Kind(Enum):
    """What happens at a call."""

    KILLED = "SIGKILL"
    FAILS = "EIO"
    """This one call."""
    FULL = "ENOSPC"
    """This call and all later ones that need room."""


class Fault(NamedTuple):
    """What happens, and at which of the calls that write files; the first is 1."""

    kind: Kind
    call: int


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    """What it exited with; -9: it was killed."""
    calls: list[str]
    """The calls that write files, as they were begun."""


class CannotTrace(Exception):
    """This machine does not let a process be traced so."""


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


def traced(work: Callable[[], int], fault: Fault | None = None) -> Ended:
    """Fork, do some work in the new process, and let a fault happen there. Raises CannotTrace.

    Call it in a process that has no threads. The work returns an exit code.
    """
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise CannotTrace("system calls are counted on Linux on x86_64 only")
    pid = os.fork()
    if not pid:
        _work(work)
    return _Tracer(pid, fault).follow()


def _work(work: Callable[[], int]) -> NoReturn:
    code = _NOT_TRACED
    try:
        libc = ctypes.CDLL(None)
        if not libc.ptrace(_TRACEME, 0, None, None):
            os.kill(os.getpid(), signal.SIGSTOP)
            if not (libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SET_SECCOMP, _FILTER, _filter())):
                sys.dont_write_bytecode = True
                code = work()
    finally:
        os._exit(code)


def _filter() -> object:
    """Stop before these calls, let all others through (linux/filter.h; the architecture is that of this process)."""
    numbers = sorted({*CREATES, *ON_FILES, *ON_NAMES})
    load, jump_if_equal, answer = 0x20, 0x15, 0x06
    found = [_Instruction(load, 0, 0, 0)]
    found += [_Instruction(jump_if_equal, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    found += [_Instruction(answer, 0, 0, 0x7FFF0000), _Instruction(answer, 0, 0, 0x7FF00000)]
    return ctypes.byref(_Program(len(found), (_Instruction * len(found))(*found)))


class _Tracer:
    def __init__(self, pid: int, fault: Fault | None) -> None:
        self._pid, self._fault = pid, fault
        self._ptrace = ctypes.CDLL(None, use_errno=True).ptrace
        self._ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
        self._calls: list[str] = []

    def follow(self) -> Ended:
        _, status = os.waitpid(self._pid, 0)
        if os.WIFSTOPPED(status):
            self._ask(_SETOPTIONS, 0, _OPTIONS)
        sent = 0
        while os.WIFSTOPPED(status):
            self._ask(_CONT, 0, sent)  # a process that was just killed is no more there to go on
            _, status = os.waitpid(self._pid, 0)
            sent = os.WSTOPSIG(status) if os.WIFSTOPPED(status) else 0
            if status >> 16 == _SECCOMP_STOP:
                sent = 0
                self._stopped()
        code = os.waitstatus_to_exitcode(status)
        if code == _NOT_TRACED:
            raise CannotTrace("this system does not let a process be traced (ptrace, seccomp)")
        return Ended(code, self._calls)

    def _stopped(self) -> None:
        """Before a call: count it, and let it be as the fault says."""
        registers = (ctypes.c_ulonglong * _REGISTERS)()
        vector = _Vector(ctypes.addressof(registers), ctypes.sizeof(registers))
        self._ask(_GETREGSET, 1, ctypes.addressof(vector))
        name = self._writes(registers[_NUMBER], [registers[each] for each in _ARGUMENTS])
        if name is None:
            return
        self._calls.append(name)
        failed = self._failed(name)
        if failed == signal.SIGKILL:
            os.kill(self._pid, signal.SIGKILL)
        elif failed:
            registers[_NUMBER], registers[_RESULT] = 2**64 - 1, 2**64 - failed
            self._ask(_SETREGSET, 1, ctypes.addressof(vector))

    def _failed(self, name: str) -> int:
        """The error that the newest call ends with, if any; SIGKILL is no such error, and ends the process."""
        if self._fault is None:
            return 0
        kind, due = self._fault.kind, len(self._calls) - self._fault.call
        if kind is Kind.FULL:
            return errno.ENOSPC if due >= 0 and name not in NEEDS_NO_ROOM else 0
        return 0 if due else (signal.SIGKILL if kind is Kind.KILLED else errno.EIO)

    def _writes(self, number: int, arguments: list[int]) -> str | None:
        """What a call is called, where it writes files: not to a terminal or a pipe, and to no file that is there."""
        if number in ON_NAMES:
            return ON_NAMES[number]
        if number in ON_FILES:
            return ON_FILES[number] if self._is_file(arguments[0] & 0xFFFFFFFF) else None
        first = CREATES[number]
        if first is not None and not arguments[first + 1] & (os.O_CREAT | os.O_TRUNC):
            return None
        return "create"

    def _is_file(self, descriptor: int) -> bool:
        try:
            path = str(Path(f"/proc/{self._pid}/fd/{descriptor}").readlink())
        except OSError:
            return False
        return path.startswith("/") and not path.startswith(("/dev/", "/memfd:"))

    def _ask(self, request: int, address: int, data: int) -> None:
        if self._ptrace(request, self._pid, address, data) == -1 and ctypes.get_errno() != errno.ESRCH:
            raise CannotTrace(f"ptrace fails here ({os.strerror(ctypes.get_errno())})")
