"""The most common words of languages in the Latin, Cyrillic and Greek scripts.

No single letters: a shifted text has as many of them as any other.
"""

_LATIN = """
the of and to in is that for it was on with as by at from his her are be this have had not but they
which you or were
has their will would there been one all we can more about when who what said its if out up so no he
she than into
der die das und den von zu mit sich auf für ist im dem nicht ein eine als auch es an werden aus er
hat dass sie nach
wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr
durch man
de la le et les des en un du une que est pour qui dans par au il sur pas plus ne se ce sont avec son
elle ou mais cette
el los las del por con una para es al lo como su más pero sus le ya este sí porque esta entre cuando
muy sin sobre
di che il non per si in sono della da dei con le gli una del alla nel più anche ha al come ma delle
lo dal
do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem seu sua ou ser
quando muito nos já
het van een te dat op voor zijn met aan er niet ook naar dan door bij uit nog maar om hij ze werd
kan
att och det som en på är av för med den till inte har de ett om han men var jag sig från vi så kan
nu när ska vid
og det er til av på som en ikke den har med de for at et om han men var fra så vi kan hun skal ved
også seg
ja on ei se että oli hän mutta ovat kun niin myös tai kuin joka jos ole mitä sen
nie to się na że do jest jak za od po ale co tak dla przez przy czy już był jego tylko ich oraz
która który są może
na se je že to do pro jsou ale by si jako od po za podle při také až jeho které který není
az és hogy nem is egy meg ez csak már de volt van még el mint ki fel be ha azt után
ise kadar göre eden edilen olan olduğu değil şu biri iki iç her hem o ya veya diye üzere tarafından
ki
ve bir bu da de için ile çok olarak daha gibi olan var ne kadar sonra en ama her
yang dan di untuk dengan ini dari dalam itu tidak akan pada ke juga oleh sebagai dia ada adalah bisa
karena saya
și în de la cu pe un nu care din să este mai sunt pentru ca au fi fost lui dar
là và của có cho được không trong một các đã với người những này khi để từ về theo vào ra đến
ang ng sa na mga ay at para ni si hindi ito
"""
_CYRILLIC = """
не на что он как это по но из за то его от же так все она был для мы бы вы до если или только их
быть ещё уже при было
которые которых которая которое перед более лишь свои своих под без этом этого эти том тем тогда
будет чтобы нас нам вас
своей своего себя через между один два нет да ли же ни там где всё мне меня себе сам потом теперь
во со ко об она они была были после когда также году года может этом который
та що до від із які але як про за це його для було був він вона під час може також року має буде між
ще
се да от за са ще като към или беше след още има със това при може бе
и у је да се на су за од као са није који би или што али то
"""
_GREEK = """
και το να του της που την με από για στο είναι τη των στην θα δεν οι τον τα σε ότι ένα μια αυτό στη
ως ή όπως στις
"""
COMMON_WORDS = frozenset(word for word in f"{_LATIN} {_CYRILLIC} {_GREEK}".split() if len(word) > 1)
"""All of them; a text in one language has a fifth to a half of its words among them."""
LATIN_WORDS = frozenset(word for word in _LATIN.split() if len(word) > 1)
CYRILLIC_WORDS = frozenset(word for word in _CYRILLIC.split() if len(word) > 1)
GREEK_WORDS = frozenset(word for word in _GREEK.split() if len(word) > 1)
