"""From news articles about a conflict to an auditable map of who claims what happened where."""
