"""Commands about answers: what learners hand in, and how it is graded."""
