"""Routes of the public site. Natural keys; an address stays what it is for as long as the plan is read."""

from __future__ import annotations

from django.urls import path

from reporting.site import adopted, documents, items, pages, plan, states

urlpatterns = [
    path("", pages.home, name="home"),
    path("plan/", plan.browser, name="site-plan"),
    path("plan/pillars/<str:code>/", plan.pillar, name="site-pillar"),
    path("plan/objectives/<str:code>/", plan.objective, name="site-objective"),
    path("plan/themes/", plan.themes, name="site-themes"),
    path("plan/themes/<str:slug>/", plan.theme, name="site-theme"),
    path("plan/items/<str:code>/", items.item, name="site-item"),
    path("plan/roadmap/", adopted.roadmap, name="site-roadmap"),
    path("plan/history/", adopted.history, name="site-history"),
    path("states/", states.states, name="site-states"),
    path("states/<str:code>/", states.state, name="site-state"),
    path("matrix/", states.matrix, name="site-matrix"),
    path("partners/", documents.partners, name="site-partners"),
    path("reports/", documents.reports, name="site-reports"),
    path("downloads/", documents.downloads, name="site-downloads"),
    path("about/", pages.about, name="site-about"),
    path("methodology/", pages.methodology, name="site-methodology"),
    path("accessibility/", pages.accessibility, name="site-accessibility"),
    path("in/<str:language>/", pages.choose_language, name="site-language"),
    path("robots.txt", pages.robots, name="site-robots"),
    path("sitemap.xml", pages.sitemap, name="site-sitemap"),
]
