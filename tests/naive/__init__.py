"""The semantics, read as literally as can be: the oracle for the real core.

Every function names the section of the contract that it spells out. Nothing here is fast, and nothing
is shared with the project's code. Entries are interchange events in ledger order, each with its `id`, its
`recorded` (microseconds) and, if it is about another, a `target` that is that other's id.

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
"""

from tests.naive.amounts import left_of as left_of
from tests.naive.amounts import sums as sums
from tests.naive.choices import MOST_POSSIBLE as MOST_POSSIBLE
from tests.naive.choices import Gate as Gate
from tests.naive.choices import World as World
from tests.naive.choices import gate as gate
from tests.naive.choices import supposing as supposing
from tests.naive.choices import union as union
from tests.naive.choices import worlds as worlds
from tests.naive.choices import would_settle as would_settle
from tests.naive.clocks import END_OF_DAY as END_OF_DAY
from tests.naive.clocks import Entry as Entry
from tests.naive.clocks import Moment as Moment
from tests.naive.clocks import Span as Span
from tests.naive.clocks import is_public as is_public
from tests.naive.clocks import moment as moment
from tests.naive.clocks import publication_day as publication_day
from tests.naive.clocks import span as span
from tests.naive.clocks import visible as visible
from tests.naive.force import date_of as date_of
from tests.naive.force import in_force as in_force
from tests.naive.force import not_yet_met as not_yet_met
from tests.naive.force import suspends as suspends
from tests.naive.knowledge import CLAIMS as CLAIMS
from tests.naive.knowledge import Standing as Standing
from tests.naive.knowledge import acting as acting
from tests.naive.knowledge import claims as claims
from tests.naive.knowledge import counting as counting
from tests.naive.knowledge import existing as existing
from tests.naive.knowledge import grade as grade
from tests.naive.knowledge import origin as origin
from tests.naive.knowledge import standings as standings
from tests.naive.knowledge import sure_word as sure_word
from tests.naive.knowledge import with_all_about as with_all_about
from tests.naive.prevailing import CONDITION as CONDITION
from tests.naive.prevailing import PERMISSION as PERMISSION
from tests.naive.prevailing import PREPARATORY as PREPARATORY
from tests.naive.prevailing import RESTRICTION as RESTRICTION
from tests.naive.prevailing import REVIEWS as REVIEWS
from tests.naive.prevailing import Holding as Holding
from tests.naive.prevailing import holding as holding
from tests.naive.prevailing import overrides as overrides
from tests.naive.prevailing import prevailing as prevailing
from tests.naive.questions import answer as answer
from tests.naive.questions import claims_in_force as claims_in_force
from tests.naive.questions import conditions as conditions
from tests.naive.questions import described as described
from tests.naive.questions import gate_of as gate_of
from tests.naive.questions import gates_of as gates_of
from tests.naive.questions import if_open as if_open
from tests.naive.questions import last_word as last_word
from tests.naive.questions import left as left
from tests.naive.questions import look as look
from tests.naive.questions import quantities as quantities
from tests.naive.questions import standing as standing
from tests.naive.registrations import Registry as Registry
from tests.naive.registrations import gate_names as gate_names
from tests.naive.registrations import is_launched as is_launched
from tests.naive.registrations import registry as registry
from tests.naive.scopes import COMPARE as COMPARE
from tests.naive.scopes import Scope as Scope
from tests.naive.scopes import chip_selector as chip_selector
from tests.naive.scopes import company_selector as company_selector
from tests.naive.scopes import scope as scope
from tests.naive.statuses import ANY_STATUS as ANY_STATUS
from tests.naive.statuses import RANK as RANK
from tests.naive.statuses import STATUSES as STATUSES
from tests.naive.statuses import Possible as Possible
from tests.naive.statuses import minima as minima
from tests.naive.statuses import word as word
from tests.naive.statuses import words as words
