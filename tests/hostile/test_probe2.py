import json, re
from django.core import mail
from allauth.account.models import EmailAddress
from django.test import Client
from tests.hostile.test_probe import cl, show
def reset(world, email):
    n=len(mail.outbox)
    r=cl(world,None,Client).post("/accounts/password/reset/",{"email":email})
    m=mail.outbox[n:]; return m[0].to, (re.search(r"http://testserver(\S+)",m[0].body) or [None,None])[1]
def test_old_mailbox(world):
    to,u=reset(world,"focal.kaz@example.org")
    c=cl(world,None,Client); r=c.get(u); r=c.post(r["Location"],{"password1":"brand new battery 9","password2":"brand new battery 9"})
    print("EA",list(EmailAddress.objects.values_list("email","verified","primary")))
    world.who("focal.kaz").change(by=world.who("administrator"), reason="x", email="new@example.org")
    print("EA",list(EmailAddress.objects.values_list("email","verified")))
    print("reset old:",reset(world,"focal.kaz@example.org"))
    print("reset new:",reset(world,"new@example.org"))
    for e in ("focal.kaz@example.org","new@example.org"):
        r=cl(world,None,Client).post("/accounts/login/",{"login":e,"password":"brand new battery 9"}); print("web",e,r.status_code)
        r=cl(world,None,Client).post("/api/v1/tokens/",json.dumps({"email":e,"password":"brand new battery 9"}),content_type="application/json"); print("tok",e,r.status_code)
    to,u=reset(world,"focal.kaz@example.org")
    if u:
        c=cl(world,None,Client); r=c.get(u); r=c.post(r["Location"],{"password1":"taken over 9 by me","password2":"taken over 9 by me"}); print("takeover",r.status_code,r.headers.get("Location"))
        from commitments.models import Person
        print(Person.objects.get(email="new@example.org").check_password("taken over 9 by me"))
