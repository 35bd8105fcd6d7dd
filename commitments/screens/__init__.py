"""What the admin and the desk both show: forms around domain verbs, one update as one person sees it, differences."""
