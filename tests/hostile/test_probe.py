import json, pytest
from django.core.cache import caches
from django.test import Client
from tests.api.conftest import Caller
from tests.builders import World, REPORTED, person
K="review-2028:KAZ:I.1.2"

def cl(world,name=None,cls=Caller):
    for c in caches.all(): c.clear()
    c=cls(raise_request_exception=False)
    if name: c.force_login(world.who(name), backend="django.contrib.auth.backends.ModelBackend")
    return c

def show(label, r):
    print("##", label, r.status_code, dict(r.headers).get("Location",""), (b"".join(r.streaming_content) if r.streaming else r.content)[:200])

def test_retired(world):
    u=world.update(); f=world.who("focal.kaz")
    u.edit(by=f, version=0, attach={"kind":"link","title":"t","url":"https://e.org/a","audience":"public"})
    ev=u.evidence.get()
    u.edit(by=f,version=1,values=REPORTED); u.submit(by=f,version=2); u.clear(by=world.who("coordinator.kaz"),version=3,audience="public")
    u.accept(by=world.who("editor"),version=4); u.publish(by=world.who("editor"),version=5)
    u.revise(by=world.who("coordinator.kaz"),version=6); u.edit(by=f,version=7,retire=ev)
    show("retired", cl(world).get(f"evidence/{ev.uid}/"))
    show("retired tjk", cl(world,"focal.tjk").get(f"evidence/?is_retired=true"))

def test_charset(world):
    for cs in ("rot13","hex","utf-16","unicode_escape","raw_unicode_escape","idna","undefined","punycode","utf-7"):
        for who,path in ((None,"/api/v1/action-items/?search=%5cud800"),("focal.kaz","/admin/commitments/update/?q=%5cud800"),(None,"/?a=%5cud800"),(None,"/accounts/login/?next=%5cud800"),(None,"/api/v1/review-reports/review-2028.html?language=%5cud800")):
            try: r=cl(world,who,Client).get(path, headers={"content-type":f"text/plain; charset={cs}"})
            except Exception as e: print("RAISED",cs,path,repr(e)[:80]); continue
            if r.status_code>=400: show(cs+" "+path, r)
        try: r=cl(world,None,Client).post("/accounts/login/","login=%5cud800&password=%5cud800", content_type=f"application/x-www-form-urlencoded; charset={cs}")
        except Exception as e: print("RAISED",cs,repr(e)[:80]); continue
        if r.status_code>=400: show(cs+" login", r)
        r=cl(world,"focal.kaz",Client).post("/admin/commitments/update/review-2028/KAZ/I.1.2/change/","results=%5cud800&version=0&press=%5cud800", content_type=f"application/x-www-form-urlencoded; charset={cs}")
        if r.status_code>=400: show(cs+" adm", r)

def test_next(world):
    for n in ("//evil.org","https://evil.org/","/\\evil.org","javascript:alert(1)","https:evil.org","/%09/evil.org"):
        for p in (f"/accounts/login/?next={n}",f"/admin/login/?next={n}",f"/accounts/logout/?next={n}"):
            r=cl(world,"focal.kaz",Client).get(p); show(p,r) if r.status_code in (301,302) else None
        r=cl(world,None,Client).post("/accounts/login/",{"login":"focal.kaz@example.org","password":"correct horse battery","next":n}); show("login next "+n,r)
        r=cl(world,None,Client).post("/language/setlang/",{"language":"ru","next":n}); show("lang "+n,r)

def test_email(world):
    from django.core import mail
    c=cl(world,None,Client)
    c.post("/accounts/login/",{"login":"focal.kaz@example.org","password":"correct horse battery"})
    from allauth.account.models import EmailAddress
    print("EA", list(EmailAddress.objects.values_list("email","user__email")))
    world.who("focal.kaz").change(by=world.who("administrator"), reason="x", email="new@example.org")
    r=cl(world,None,Client).post("/accounts/password/reset/",{"email":"focal.kaz@example.org"}); show("reset",r)
    for m in mail.outbox: print(m.to,m.subject,m.body[:600])
    r=cl(world,None,Client).post("/accounts/login/",{"login":"focal.kaz@example.org","password":"correct horse battery"}); show("old login",r)
    r=cl(world,None,Client).post("/api/v1/tokens/",json.dumps({"email":"focal.kaz@example.org","password":"correct horse battery"}),content_type="application/json"); show("old token",r)

def test_unicode_login(world):
    for e in ("admınıstrator@example.org","ADMINISTRATOR@example.org","coordınator.kaz@example.org"," focal.kaz@example.org","reviewer@example.org","coordinator.\u212aaz@example.org","ob\u017ferver@example.org"):
        r=cl(world,None,Client).post("/api/v1/tokens/",json.dumps({"email":e,"password":"correct horse battery"}),content_type="application/json"); show("tok "+ascii(e),r)
        r=cl(world,None,Client).post("/accounts/login/",{"login":e,"password":"correct horse battery"}); show("web "+ascii(e),r)

def test_invite(world):
    long="a@"+".".join(["\u0130"*30]*6)+".org"
    r=cl(world,"administrator").write("post","appointments/",{"email":long,"full_name":"x","role":"observer"}); show("long",r)
    r=cl(world,"administrator").write("post","appointments/",{"email":"x@y.org","full_name":"\u0130"*150,"role":"observer"}); show("name",r)
    for v in ({"full_name":[]},{"full_name":None},{"starts_on":"0001-01-01"},{"ends_on":5},{"role":[]},{"role":{}},{"member_state":[]},{"partner":"\ud800"},{"partner":"a"*5000}):
        r=cl(world,"administrator").write("post","appointments/",{"email":"x@y.org","full_name":"x","role":"observer",**v}); show(str(v)[:60],r)

def test_depth(world):
    bad=[]
    c=cl(world,"focal.kaz")
    for d in range(60,1005,3):
        for body in ('{"results":'+"["*d+"]"*d+"}", '{"translations":'+'{"ru":'*d+"1"+"}"*d+"}"):
            if d%60==0:
                for cc in caches.all(): cc.clear()
            r=c.post(f"/api/v1/updates/{K}/submit/", body, content_type="application/json", headers={"Idempotency-Key":"k%d"%d,"If-Match":'"0"'})
            if r.status_code>=500: bad.append(("submit",d)); 
            r=c.patch(f"/api/v1/updates/{K}/", body, content_type="application/json", headers={"If-Match":'"0"'})
            if r.status_code>=500: bad.append(("patch",d))
            r=cl(world).post(f"/api/v1/tokens/", body.replace("results","email").replace("translations","email"), content_type="application/json")
            if r.status_code>=500: bad.append(("tokens",d))
    print("DEPTH",bad)

def test_admin_odd(world):
    world.walk("submitted")
    for who in ("coordinator.kaz","editor","administrator","partner"):
        c=cl(world,who,Client)
        for p in ("/admin/commitments/update/?agency=KAZ:%00","/admin/commitments/commitment/?agency=KAZ:%00","/admin/commitments/update/?agency=%00:a","/admin/commitments/update/?p=99999999999999999999999","/admin/commitments/update/?o=1.-9.%00.99999","/admin/commitments/update/?q=%00","/admin/commitments/update/?cycle=%00","/admin/commitments/update/?_to_field=%00","/admin/commitments/update/add/","/admin/commitments/update/a/b/c/delete/","/admin/r/abc/1/","/admin/r/1/%00/","/admin/r/99999999999999999999999/99999999999999999999999/","/admin/jsi18n/?language=%00","/admin/autocomplete/?app_label=%00","/admin/autocomplete/?app_label=commitments&model_name=update&field_name=cycle&term=%00","/admin/commitments/update/evidence/%00/","/admin/commitments/update/%00/move/clear/","/admin/commitments/revision/review-2028/KAZ/I.1.2/"+"9"*40+"/change/","/admin/commitments/revision/review-2028/KAZ/I.1.2/%D9%A1/change/","/admin/commitments/pillar/"+"9"*40+"/change/","/admin/commitments/pillar/%00/change/","/admin/commitments/person/%00/change/","/admin/commitments/person/x/do/change/","/admin/commitments/update/?all=1&all=2","/admin/commitments/update/?e=1","/admin/commitments/update/?cycle__slug=x","/admin/commitments/event/?q="+"a+"*600, "/admin/commitments/event/?q="+"a%20"*1500,"/admin/commitments/appointment/add/?email=%00"):
            r=c.get(p)
            if r.status_code>=500: show(who+" "+p[:90],r)
            for cc in caches.all(): cc.clear()

def test_schema_odd(world):
    for p in ("/api/schema/?format=x","/api/schema/?lang=%00","/api/schema/?lang=../../x","/api/schema/?version=%00","/api/schema/?version=%ff","/api/docs/?script=","/api/docs/?lang=</script>","/api/docs/?script=&lang=%00","/api/schema/?format=openapi-json","/api/schema/?format=%00"):
        r=cl(world,None,Client).get(p)
        print(p, r.status_code, r.content[:100] if r.status_code>=400 else "")
    for a in ("text/html","image/png","\xff","a/b/c",";;","*/*;q=x","application/vnd.oai.openapi","text/csv"):
        for p in ("/api/schema/","/api/docs/","/api/v1/action-items/","/api/v1/action-items/I.1.1/","/api/v1/status-matrix/","/api/v1/review-reports/review-2028.html","/api/v1/me/","/api/v1/tokens/","/"):
            r=cl(world,None,Client).get(p,headers={"accept":a})
            if r.status_code>=500: show(a+p,r)

def test_xff(world):
    n=[]
    for i in range(40):
        c=Client(raise_request_exception=False)
        r=c.post("/accounts/login/",{"login":f"x{i}@example.org","password":"wrong"},headers={"X-Forwarded-For":f"1.2.3.{i}"}); n.append(r.status_code)
    print("XFF",n)
    for cc in caches.all(): cc.clear()
    n=[]
    for i in range(15):
        c=Client(raise_request_exception=False)
        r=c.post("/api/v1/tokens/",json.dumps({"email":"focal.kaz@example.org","password":"x"}),content_type="application/json",headers={"X-Forwarded-For":f"1.2.3.{i}"}, REMOTE_ADDR=f"10.0.0.{i}"); n.append(r.status_code)
    print("TOK",n)

def test_search500(world):
    q="".join(chr(0x4e00+i)+" " for i in range(499))
    show("search", cl(world).get("action-items/", {"search":q}))

def test_ctype(world):
    for ct in ("a/b; boundary*=foo''%41","multipart/form-data; boundary*=utf-8''%ff","multipart/form-data","multipart/form-data; boundary=","multipart/form-data; boundary="+"a"*300,"multipart/form-data; boundary=\x00","application/json; charset=utf-16","application/x-www-form-urlencoded; charset=utf-16","a;"*600, "x"*20000, "\xff/\xff", "application/json;"):
        for path,who in (("/api/v1/evidence/","focal.kaz"),("/api/v1/tokens/",None),("/accounts/login/",None),("/admin/commitments/update/review-2028/KAZ/I.1.2/change/","focal.kaz")):
            try: r=cl(world,who,Client).post(path,b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1",content_type=ct)
            except Exception as e: print("RAISED",ct[:60],path,repr(e)[:100]); continue
            if r.status_code>=500: show(ct[:60]+path,r)

def test_reset_creates_address(world):
    from django.core import mail; import re
    from allauth.account.models import EmailAddress
    r=cl(world,None,Client).post("/accounts/password/reset/",{"email":"focal.kaz@example.org"})
    body=mail.outbox[-1].body; print(body)
    u=re.search(r"http://testserver(\S+)",body)[1]
    c=cl(world,None,Client); r=c.get(u); print(r.status_code,r["Location"]); u2=r["Location"]
    r=c.post(u2,{"password1":"brand new battery 9","password2":"brand new battery 9"}); print(r.status_code, r.headers.get("Location"))
    print("EA",list(EmailAddress.objects.values_list("email","verified")))
    r=cl(world,None,Client).post("/accounts/login/",{"login":"focal.kaz@example.org","password":"brand new battery 9"}); print(r.status_code)
    print("EA",list(EmailAddress.objects.values_list("email","verified")))
    print("Host", cl(world,None,Client).post("/accounts/password/reset/",{"email":"focal.kaz@example.org"},headers={"host":"evil.org"}).status_code)
