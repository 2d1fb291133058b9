"""What is asked: visits, figures out of two grains, reports and what waits, what stands out."""

from marrow.activity.queries.visits import visits_of, visits_told, visits_total

__all__ = ["visits_of", "visits_told", "visits_total"]
