"""What is asked: visits, figures out of two grains, reports and what waits, what stands out."""

from marrow.activity.queries.visits import Recorded, recorded_visits, visits_of, visits_told

__all__ = ["Recorded", "recorded_visits", "visits_of", "visits_told"]
