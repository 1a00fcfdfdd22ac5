"""Strategies for Hypothesis: small ledgers that an import would take whole, made so that dates, origins and scopes
collide often, and questions about them.

A ledger is a list of interchange events in the order of the file; those about others name a `ref`. What
comes of it is for `naive` to say: here only the rules by which a line is refused are known.
"""

from policytracker.testing.strategies.dates import chance as chance
from policytracker.testing.strategies.dates import dates as dates
from policytracker.testing.strategies.dates import days as days
from policytracker.testing.strategies.dates import instants as instants
from policytracker.testing.strategies.dates import reports as reports
from policytracker.testing.strategies.dates import some as some
from policytracker.testing.strategies.dates import starts as starts
from policytracker.testing.strategies.dates import sure_reports as sure_reports
from policytracker.testing.strategies.drafts import Draft as Draft
from policytracker.testing.strategies.drafts import Names as Names
from policytracker.testing.strategies.ledgers import amounts as amounts
from policytracker.testing.strategies.ledgers import batches as batches
from policytracker.testing.strategies.ledgers import claims_only as claims_only
from policytracker.testing.strategies.ledgers import ledgers as ledgers
from policytracker.testing.strategies.ledgers import one_claim as one_claim
from policytracker.testing.strategies.ledgers import registered as registered
from policytracker.testing.strategies.ledgers import rivals as rivals
from policytracker.testing.strategies.questions import Question as Question
from policytracker.testing.strategies.questions import questions as questions
from policytracker.testing.strategies.questions import questions_of as questions_of
from policytracker.testing.strategies.registries import authority as authority
from policytracker.testing.strategies.vocabulary import AROUND as AROUND
from policytracker.testing.strategies.vocabulary import ATTRIBUTES as ATTRIBUTES
from policytracker.testing.strategies.vocabulary import CITED as CITED
from policytracker.testing.strategies.vocabulary import CLAIMS as CLAIMS
from policytracker.testing.strategies.vocabulary import CONDITIONED as CONDITIONED
from policytracker.testing.strategies.vocabulary import CORE as CORE
from policytracker.testing.strategies.vocabulary import GRADES as GRADES
from policytracker.testing.strategies.vocabulary import HOURS as HOURS
from policytracker.testing.strategies.vocabulary import JURISDICTIONS as JURISDICTIONS
from policytracker.testing.strategies.vocabulary import LIMITS as LIMITS
from policytracker.testing.strategies.vocabulary import LONG as LONG
from policytracker.testing.strategies.vocabulary import MARKET as MARKET
from policytracker.testing.strategies.vocabulary import PUBLISHERS as PUBLISHERS
from policytracker.testing.strategies.vocabulary import QUANTIFIED as QUANTIFIED
from policytracker.testing.strategies.vocabulary import REVIEWS as REVIEWS
from policytracker.testing.strategies.vocabulary import SHARES as SHARES
from policytracker.testing.strategies.vocabulary import SIZES as SIZES
from policytracker.testing.strategies.vocabulary import SUBJECTS as SUBJECTS
from policytracker.testing.strategies.vocabulary import TURNING_GRADES as TURNING_GRADES
from policytracker.testing.strategies.vocabulary import VENDORS as VENDORS
from policytracker.testing.strategies.vocabulary import WINDOW as WINDOW
from policytracker.testing.strategies.vocabulary import ZONES as ZONES
from policytracker.testing.strategies.vocabulary import Event as Event
from policytracker.testing.strategies.vocabulary import may_lack as may_lack
from policytracker.testing.strategies.vocabulary import present as present
from policytracker.testing.strategies.vocabulary import says_nothing_new as says_nothing_new
from policytracker.testing.strategies.vocabulary import subject as subject
from policytracker.testing.strategies.vocabulary import whole as whole
from policytracker.testing.strategies.vocabulary import without_ref as without_ref
