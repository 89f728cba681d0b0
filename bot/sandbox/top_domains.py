"""The top-level domains that make an address out of a word without `https://` before it."""

COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv
bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg es et
eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id
ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu
lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np
nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj
sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us
uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
"""
GENERIC = """
academy aero agency app art arpa asia biz blog bot business cafe care cat center chat city
cloud club codes com community company consulting coop design dev digital edu education email
energy engineering eu events expert finance foundation fun fund global gov group help info int
international jobs land legal life link live ltd market media mil mobi museum name net network
news ngo one online org page pro press science services shop site social software solutions
space store studio systems team tech technology tel ton today tools top training travel
ventures video website wiki work world xyz zone
"""
TOP_DOMAINS = frozenset((COUNTRIES + GENERIC).split())
