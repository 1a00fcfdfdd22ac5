"""The semantics (docs/semantics.md), read as literally as can be: an independent oracle.

Every function names the section of the contract that it spells out. Nothing here is fast, and nothing
is shared with the project's code. ``naive_state`` takes events as an importer writes them. The other functions take
entries: interchange events in ledger order, each with its `id`, its `recorded` (microseconds) and, if it is about
another, a `target` that is that other's id. ``resolve`` makes them.

| module | sections |
| --- | --- |
| `statuses` | §1, §7: the seven words |
| `clocks` | §2: days, moments, time zones |
| `registrations` | §1, §2: registrations with valid time, gates |
| `knowledge` | §3: what is known, how it counts, when it was said |
| `scopes` | §4: selectors, cohorts, exceptions |
| `force` | §3, §5: dates, ends, suspensions, conditions met |
| `prevailing` | §6: kinds, order, rules 1 and 2 |
| `choices` | §6 rule 3, §7, §8: every choice, conditions that bind |
| `amounts` | §8: totals, sums, what is left |
| `questions` | cli.md: `state`, `claims`, `quantities` |
| `interchange` | events as an importer writes them, and the state of a cell by them |
"""

from policytracker.testing.naive.amounts import left_of as left_of
from policytracker.testing.naive.amounts import sums as sums
from policytracker.testing.naive.choices import MOST_POSSIBLE as MOST_POSSIBLE
from policytracker.testing.naive.choices import Gate as Gate
from policytracker.testing.naive.choices import TooManyWorlds as TooManyWorlds
from policytracker.testing.naive.choices import World as World
from policytracker.testing.naive.choices import gate as gate
from policytracker.testing.naive.choices import supposing as supposing
from policytracker.testing.naive.choices import union as union
from policytracker.testing.naive.choices import worlds as worlds
from policytracker.testing.naive.choices import would_settle as would_settle
from policytracker.testing.naive.clocks import END_OF_DAY as END_OF_DAY
from policytracker.testing.naive.clocks import Entry as Entry
from policytracker.testing.naive.clocks import Moment as Moment
from policytracker.testing.naive.clocks import Span as Span
from policytracker.testing.naive.clocks import is_public as is_public
from policytracker.testing.naive.clocks import moment as moment
from policytracker.testing.naive.clocks import publication_day as publication_day
from policytracker.testing.naive.clocks import span as span
from policytracker.testing.naive.clocks import visible as visible
from policytracker.testing.naive.force import date_of as date_of
from policytracker.testing.naive.force import in_force as in_force
from policytracker.testing.naive.force import not_yet_met as not_yet_met
from policytracker.testing.naive.force import suspends as suspends
from policytracker.testing.naive.interchange import NaiveState as NaiveState
from policytracker.testing.naive.interchange import naive_state as naive_state
from policytracker.testing.naive.interchange import one_by_one as one_by_one
from policytracker.testing.naive.interchange import present as present
from policytracker.testing.naive.interchange import resolve as resolve
from policytracker.testing.naive.knowledge import CLAIMS as CLAIMS
from policytracker.testing.naive.knowledge import Standing as Standing
from policytracker.testing.naive.knowledge import acting as acting
from policytracker.testing.naive.knowledge import claims as claims
from policytracker.testing.naive.knowledge import counting as counting
from policytracker.testing.naive.knowledge import existing as existing
from policytracker.testing.naive.knowledge import grade as grade
from policytracker.testing.naive.knowledge import origin as origin
from policytracker.testing.naive.knowledge import standings as standings
from policytracker.testing.naive.knowledge import sure_word as sure_word
from policytracker.testing.naive.knowledge import with_all_about as with_all_about
from policytracker.testing.naive.prevailing import CONDITION as CONDITION
from policytracker.testing.naive.prevailing import PERMISSION as PERMISSION
from policytracker.testing.naive.prevailing import PREPARATORY as PREPARATORY
from policytracker.testing.naive.prevailing import RESTRICTION as RESTRICTION
from policytracker.testing.naive.prevailing import REVIEWS as REVIEWS
from policytracker.testing.naive.prevailing import Holding as Holding
from policytracker.testing.naive.prevailing import holding as holding
from policytracker.testing.naive.prevailing import overrides as overrides
from policytracker.testing.naive.prevailing import prevailing as prevailing
from policytracker.testing.naive.questions import answer as answer
from policytracker.testing.naive.questions import claims_in_force as claims_in_force
from policytracker.testing.naive.questions import conditions as conditions
from policytracker.testing.naive.questions import described as described
from policytracker.testing.naive.questions import gate_of as gate_of
from policytracker.testing.naive.questions import gates_of as gates_of
from policytracker.testing.naive.questions import if_open as if_open
from policytracker.testing.naive.questions import last_word as last_word
from policytracker.testing.naive.questions import left as left
from policytracker.testing.naive.questions import look as look
from policytracker.testing.naive.questions import quantities as quantities
from policytracker.testing.naive.questions import standing as standing
from policytracker.testing.naive.registrations import SUBJECTS as SUBJECTS
from policytracker.testing.naive.registrations import Registry as Registry
from policytracker.testing.naive.registrations import gate_names as gate_names
from policytracker.testing.naive.registrations import is_launched as is_launched
from policytracker.testing.naive.registrations import registry as registry
from policytracker.testing.naive.scopes import COMPARE as COMPARE
from policytracker.testing.naive.scopes import Scope as Scope
from policytracker.testing.naive.scopes import chip_selector as chip_selector
from policytracker.testing.naive.scopes import company_selector as company_selector
from policytracker.testing.naive.scopes import scope as scope
from policytracker.testing.naive.statuses import ANY_STATUS as ANY_STATUS
from policytracker.testing.naive.statuses import RANK as RANK
from policytracker.testing.naive.statuses import STATUSES as STATUSES
from policytracker.testing.naive.statuses import Possible as Possible
from policytracker.testing.naive.statuses import minima as minima
from policytracker.testing.naive.statuses import word as word
from policytracker.testing.naive.statuses import words as words
