"""Reading a question: agreements, dates, amounts, periods, their roles, and what is asked."""
