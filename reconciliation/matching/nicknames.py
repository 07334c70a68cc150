"""Which given names may be one person's: the `nicknames` package's English ones, and Spanish ones of our own."""

from functools import cache

from nicknames import name_triplets

# The full name first, then what people with that name are called.
_SPANISH = """
alberto: beto tito albert
alejandra: ale alex aleja jandra sandra alexandra
alejandro: ale alex alejo jandro alexander
alfonso: poncho fonso alfie
alfredo: fredo fredy freddy alfred
alicia: licha ali
ana: anita ann anne anna annie
andrea: andy
andres: andy andrew
angel: angelito
angela: angie angelita
angelica: angie
antonia: tona toni
antonio: tono tony toni toño anthony
arturo: turo art arthur
beatriz: bea betty trini
benjamin: benja benji ben
bernardo: nando berna bernie
carlos: charlie carlitos calo charly charles
carolina: caro carito carol
catalina: cata cati lina kathy
cecilia: ceci chila
cesar: checha
concepcion: concha conchita chita
consuelo: chelo consu
cristian: cris chris christian
cristina: cris cristi tina christina
cristobal: cris tobal chris
daniel: dani danny dan nelo
daniela: dani dany
david: davi davey
diego: dieguito
dolores: lola loli lolita
eduardo: lalo eddie edu ed edward
elena: nena helena lena
elizabeth: eli liz lizbeth beth
emiliano: emi milo
emilio: emi milo
enrique: quique kike rique henry rick
ernesto: neto ernie ernest
esperanza: espe lancha
esteban: teban steve steven stephen
eugenia: gena kena
fabiola: fabi
felipe: pipe felo phil philip
fernanda: fer nanda
fernando: fer nando ferny ferdinand
francisca: paca pancha panchita fran frances
francisco: paco pancho frank fran cisco kiko francis curro
gabriel: gabo gabi gabe
gabriela: gaby gabi gabby
gerardo: jerry gera lalo gerard
gilberto: beto gil
gloria: yoya
graciela: chela grace
gregorio: goyo greg
guadalupe: lupe lupita pita lupillo
guillermo: memo guille willy will william bill
gustavo: gus tavo
hector: tito
hilda: hildita
humberto: beto
ignacio: nacho iggy
imelda: meme
irma: irmita
isabel: isa chabela chavela bela isabella elizabeth
isabela: isa bela bella
ismael: mayo isma
jaime: jimmy james
javier: javi xavi xavier
jesus: chuy chucho jesse chus
joaquin: quino joaco wacho
jorge: jorgito coque george
jose: pepe chepe joe joey pepito joseph
josefa: pepa pepita josie
josefina: josie fina jose pepita
juan: juanito john johnny juancho
juana: juanita jane
julian: juli
julio: julito julius
laura: lau lauri
leonardo: leo nardo
leticia: leti lety
lorena: lore
lorenzo: lencho larry lawrence
lourdes: lulu
luis: lucho lu güicho luisito louis louie wicho
luisa: lu lulu louise
manuel: manny manolo manu nel meño
manuela: manu nela
marcela: chela marce
marcelo: chelo marce
marco: marc mark
marcos: mark marc
margarita: mago rita margo maggie margaret
maria: mari mary marie mayra
mariana: mari nana
maricela: mari
marisol: mari sol
mario: mayito
mateo: teo matt matthew
mauricio: mau mauro
mercedes: meche merche
miguel: mike mickey migue michael
monica: moni
monserrat: montse monse
montserrat: montse monse
nicolas: nico nick colas nicholas
norma: normita
octavio: tavo tavio
oscar: osqui
pablo: pablito paul
patricia: pati paty tricia pat patty
paulina: pau pauli
pedro: pedrito perico peter pete
rafael: rafa rafi ralph
ramon: moncho mon ray raymond
raul: rulo
raymundo: ray mundo raymond
refugio: cuca cuco
reynaldo: rey naldo
ricardo: rick ricky richie rica richard
roberto: beto robert rob bob tito bobby
rodolfo: rudy rodo fito
rodrigo: rodri rigo
rogelio: roger
rolando: rolo rolly
rosa: rosita rose rosie
rosario: chayo charo
salvador: chava sal salva
samuel: sam sammy
santiago: santi chago tiago yago jim
sebastian: sebas seba bastian
sergio: checo yeyo serge
silvia: chivis
socorro: coco
sofia: sofi sophie sophia
susana: susy susi susan
teresa: tere teresita terry theresa
tomas: tomy tommy tom thomas
valentina: vale tina valen
valeria: vale
vanessa: vane
veronica: vero ronnie
vicente: chente vince vincent
victor: vic vito
victoria: vicky tori
virginia: vicky gina
ximena: xime mena jimena
yolanda: yoli yola
"""

# English ones that are common among today's pupils and not in the package.
_ENGLISH = """
aaliyah: liyah lia
abigail: abby gail abbie
adalyn: addy addie
addison: addie addy
alexander: xander lex zander alec sasha
alexandra: lexi lexie alexa sasha ally
alexis: lexi lexie lex
allison: allie ally ali
amelia: millie mel amy
anastasia: stacy ana stasia
angelina: angie lina
anthony: ant tony
benjamin: benji benny ben
brooklyn: brook brooke
cameron: cam
charlotte: charlie lottie char
christopher: topher kit chris
clementine: clem
dakota: kota
eleanor: nell ellie nora nellie
elijah: eli lij
elizabeth: izzy ellie beth liza eliza
emerson: em emmy
evangeline: evie eva
evelyn: evie eve
ezekiel: zeke
gabriella: gabby ella brie
genevieve: gen evie vivi
gianna: gia
giovanni: gio vanni
grayson: gray
hailey: hay
isabella: izzy bella issy bells
isabelle: izzy belle
isaiah: ike zay
jacob: coby jake
jackson: jack jax
james: jay jamie jim
jeremiah: jeremy jerry jem
jeremy: jer jem
jonathan: jon jonny nathan
jordan: jordy
joshua: josh
josephine: josie jo
julian: jules
juliana: jules julie
katherine: kat kate katie kit
kimberly: kim kimmy
lillian: lily lilly lil
lucas: luke luca
lucia: lucy
mackenzie: kenzie mack
madeline: maddie maddy
madison: maddie maddy madi
makayla: kayla mak
maximilian: max
maxwell: max
mckenzie: kenzie
michaela: kayla mika
morgan: mo
nathaniel: nate nat nathan
natalie: nat nattie
nevaeh: vaeh
nicholas: nico nick
olivia: livvy liv livia ollie
oliver: ollie
penelope: penny nell
peyton: pey
savannah: savvy sav vanna
sebastian: seb bash
serenity: ren
sophia: sophie soph
theodore: theo teddy ted
trinity: trin
tristan: tris
valerie: val
vanessa: nessa ness
victoria: tori vicky vic
vincent: vince vinny
vivian: viv
william: liam will billy
wyatt: wy
xavier: xavi zay
zachary: zach zack zac
"""


@cache
def related_names() -> dict[str, frozenset[str]]:
    """Name → names that its bearer may be called by, either way: bob → robert, and bob → bobby."""
    found: dict[str, set[str]] = {}
    full_names: dict[str, set[str]] = {}
    for triplet in name_triplets():
        full_names.setdefault(triplet.name1, set()).add(triplet.name2)
    for line in (*_SPANISH.strip().splitlines(), *_ENGLISH.strip().splitlines()):
        full, _, others = line.partition(":")
        full_names.setdefault(full, set()).update(others.replace("ñ", "n").replace("ü", "u").split())
    for full, short in full_names.items():
        for name in short:
            found.setdefault(full, set()).add(name)
            found.setdefault(name, set()).add(full)
    for short in full_names.values():
        # Two nicknames of one full name; long lists (every "beto") would make anybody anybody.
        for name in short:
            found[name] |= {other for other in short if other != name and other[:1] == name[:1]}
    return {name: frozenset(others) for name, others in found.items()}
