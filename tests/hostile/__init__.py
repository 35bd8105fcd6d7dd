"""What a hostile colleague of another State, a careless superuser and a bad line would try, kept for ever."""
