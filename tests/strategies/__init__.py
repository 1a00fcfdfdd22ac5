"""Small ledgers that an import would take whole, made so that dates, origins and scopes collide often.

A ledger is a list of interchange events in the order of the file; those about others name a `ref`. What
comes of it is for `naive` to say: here only the rules by which a line is refused are known.
"""

from tests.strategies.dates import chance as chance
from tests.strategies.dates import dates as dates
from tests.strategies.dates import days as days
from tests.strategies.dates import instants as instants
from tests.strategies.dates import reports as reports
from tests.strategies.dates import some as some
from tests.strategies.dates import starts as starts
from tests.strategies.dates import sure_reports as sure_reports
from tests.strategies.drafts import Draft as Draft
from tests.strategies.drafts import Names as Names
from tests.strategies.ledgers import amounts as amounts
from tests.strategies.ledgers import batches as batches
from tests.strategies.ledgers import claims_only as claims_only
from tests.strategies.ledgers import ledgers as ledgers
from tests.strategies.ledgers import one_by_one as one_by_one
from tests.strategies.ledgers import one_claim as one_claim
from tests.strategies.ledgers import registered as registered
from tests.strategies.ledgers import resolve as resolve
from tests.strategies.ledgers import rivals as rivals
from tests.strategies.questions import Question as Question
from tests.strategies.questions import questions as questions
from tests.strategies.questions import questions_of as questions_of
from tests.strategies.registries import authority as authority
from tests.strategies.vocabulary import AROUND as AROUND
from tests.strategies.vocabulary import ATTRIBUTES as ATTRIBUTES
from tests.strategies.vocabulary import CITED as CITED
from tests.strategies.vocabulary import CLAIMS as CLAIMS
from tests.strategies.vocabulary import CONDITIONED as CONDITIONED
from tests.strategies.vocabulary import CORE as CORE
from tests.strategies.vocabulary import GRADES as GRADES
from tests.strategies.vocabulary import HOURS as HOURS
from tests.strategies.vocabulary import JURISDICTIONS as JURISDICTIONS
from tests.strategies.vocabulary import LIMITS as LIMITS
from tests.strategies.vocabulary import LONG as LONG
from tests.strategies.vocabulary import MARKET as MARKET
from tests.strategies.vocabulary import PUBLISHERS as PUBLISHERS
from tests.strategies.vocabulary import QUANTIFIED as QUANTIFIED
from tests.strategies.vocabulary import REVIEWS as REVIEWS
from tests.strategies.vocabulary import SHARES as SHARES
from tests.strategies.vocabulary import SIZES as SIZES
from tests.strategies.vocabulary import SUBJECTS as SUBJECTS
from tests.strategies.vocabulary import TURNING_GRADES as TURNING_GRADES
from tests.strategies.vocabulary import VENDORS as VENDORS
from tests.strategies.vocabulary import WINDOW as WINDOW
from tests.strategies.vocabulary import ZONES as ZONES
from tests.strategies.vocabulary import Event as Event
from tests.strategies.vocabulary import may_lack as may_lack
from tests.strategies.vocabulary import present as present
from tests.strategies.vocabulary import says_nothing_new as says_nothing_new
from tests.strategies.vocabulary import subject as subject
from tests.strategies.vocabulary import whole as whole
from tests.strategies.vocabulary import without_ref as without_ref
