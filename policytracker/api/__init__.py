"""The public Python API. Use its names from ``policytracker``, which loads them when they are used."""

from policytracker.api.answer import Answer as Answer
from policytracker.api.answer import Answers as Answers
from policytracker.api.cells import CellChange as CellChange
from policytracker.api.cells import CellInterval as CellInterval
from policytracker.api.cells import CellState as CellState
from policytracker.api.cells import CheckedCell as CheckedCell
from policytracker.api.cells import MatrixRow as MatrixRow
from policytracker.api.conflicts import Conflict as Conflict
from policytracker.api.dates import UsedDates as UsedDates
from policytracker.api.differences import CellStep as CellStep
from policytracker.api.digests import Brief as Brief
from policytracker.api.digests import Digest as Digest
from policytracker.api.events import Appended as Appended
from policytracker.api.events import Event as Event
from policytracker.api.events import Step as Step
from policytracker.api.explanations import GateExplanation as GateExplanation
from policytracker.api.ledger import Ledger as Ledger
from policytracker.api.quantities import QuantityRange as QuantityRange
from policytracker.events.refusals import BadDate as BadDate
from policytracker.events.refusals import Refused as Refused
from policytracker.ledger.errors import LedgerError as LedgerError
from policytracker.ledger.errors import NoLedger as NoLedger
from policytracker.ledger.refused import RefusedLines as RefusedLines
from policytracker.questions.errors import AmbiguousName as AmbiguousName
from policytracker.questions.errors import QuestionError as QuestionError
from policytracker.questions.errors import UnknownName as UnknownName
