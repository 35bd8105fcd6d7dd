"""What people are told besides the pages: reminders, the message of the day, the calendar of deadlines."""
