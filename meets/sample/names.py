"""First names and surnames, commonest first, and how often each is drawn. The combinations are made up.

In a surname `_` stands for a space; `=` joins the plain spelling and the accented one, which some people use.
"""

from functools import cache
from itertools import accumulate

BOYS = """
Daniel Anthony Jacob Diego Ethan Noah Adrian Jose=José Luis Angel=Ángel Alexander Michael David Gabriel
Joshua Isaac Nathan Andrew Mateo Julian Matthew Samuel Joseph Benjamin Logan Carlos Jesus=Jesús Juan Liam
Ryan Christopher Aiden Jonathan Sebastian=Sebastián Elijah Dylan Christian Aaron Nicholas Oliver Lucas
Brandon Evan Miguel James William Kevin Jack Caleb Isaiah Alejandro Owen John Tyler Josiah Ivan=Iván Max
Leonardo Henry Thomas Eric Gavin Robert Jason Bryan Wyatt Dominic Xavier Austin Joel Cole Emilio Jordan
Fernando Ian Jorge Ezekiel Damian Oscar=Óscar Ricardo Vincent Edgar Marcus Victor=Víctor Levi Hunter Eli
Cameron Eduardo Antonio Connor Colin Charles Brian Jaxon Roman Steven Giovanni Javier Theodore Omar Patrick
Landon Hudson Erick Abraham Santiago Landen Cristian Jesse Nolan Richard Mario Marco Sean Cesar=César Gael
Manuel Timothy Preston Parker Alan Francisco Hayden Hector=Héctor Miles Andres=Andrés Tristan Grant
Ruben=Rubén Blake Carson Emmanuel Peter Raymond Trevor Spencer Derek Rafael Mark Kai Felix Leo Ezra Asher
Simon Roberto Enzo Silas Dean Pedro Paul Tanner Troy Rohan Arjun Aarav Kenji Hiroshi Minh Duc Khang Wei Jun
Jin Tuan Bao Ravi Nikhil Dev Anand Karan Jasdeep Harjot Gurpreet Amir Yusuf Ibrahim Hassan Khalil Zayn Malik
Jamal Darius Terrell Andre=André Marquis Devon Tyrone Kofi Kwame Chidi Emeka Tesfaye Abel Yonas Dawit
Bjorn=Bjørn Lars Soren=Søren Mikkel Finn Declan Cormac Brendan Aidan Ronan Kieran Callum Hamish Alistair
Gianni Luca Matteo Dante Rocco Nico Stefan Milan Dmitri Sergei Pavel Tomas=Tomás Lukasz=Łukasz Casimir Anton
Viktor Emil Jonas Elias Tobias Klaus Jurgen=Jürgen Gunther Joao=João Thiago Caio Vasco Nuno Rui Duarte
Afonso Ramon=Ramón Raul=Raúl Saul=Saúl Adan=Adán Joaquin=Joaquín Agustin=Agustín Julio Ernesto Gustavo
Ignacio Rodrigo Alvaro=Álvaro Efrain=Efraín Uriel Moises=Moisés Noe=Noé Osvaldo Jean-Luc Jean-Paul Mary-Jo
Juan_Pablo Juan_Carlos Jose_Luis Miguel_Angel Day-Von D'Andre De'Shawn Ja'Kobe Le'Ron Kanoa Keoni Makoa Koa
Ikaika Sione Tevita Viliami Mosese Afa Tui Chayton Dakota Cheyenne Kele Bodie Ryder Colt Maverick Easton
Weston Beckett Sawyer Graham Bennett Emmett Everett Jasper Milo Otis Otto Orion Phoenix River Rowan Sage
Sterling Thatcher Walker Zane Ansel Barrett Clark Dexter Edison Fletcher Gideon Harvey Ira Jethro
"""

GIRLS = """
Sophia Emily Isabella Mia Emma Samantha Olivia Abigail Natalie Ava Camila Elizabeth Madison Andrea Ashley
Chloe=Chloë Victoria Valeria Maria=María Sofia=Sofía Alexa Grace Hannah Ella Evelyn Jasmine Charlotte Leah
Brianna Kimberly Alyssa Melanie Allison Audrey Zoe=Zoë Stephanie Lily Ximena Bella Genesis=Génesis Aaliyah
Layla Daniela Julia Alexandra Maya Vanessa Claire Sarah Amelia Lucy Valentina Katherine Angelina Aubrey
Naomi Ariana Michelle Gabriella Savannah Brooklyn Jocelyn Arianna Stella Nicole Penelope Jessica Rachel Ruby
Alina Faith Kayla Diana Lauren Gianna Anna Melissa Violet Serenity Mary Katelyn Angela Gabriela
Angelica=Angélica Guadalupe Sydney Jennifer Scarlett Hazel Sara Riley Aurora Trinity Bailey Nora Paige
Morgan Haley Fatima=Fátima Daisy Mariana Alicia Hailey Jade Marissa Elena Kylie Rebecca Skylar Amy Eva
Kaylee Adriana Esmeralda Giselle Liliana Destiny Isabel Makayla Sienna Karla Caroline Julianna Peyton
Jacqueline Caitlin Delilah Ivy Megan Sadie Cecilia Alondra Laila Mackenzie Molly Iris Josephine Fiona Tessa
Monica=Mónica Veronica=Verónica Lucia=Lucía Paulina Renata Regina Leslie Jazmin=Jazmín Yesenia Perla Itzel
Dulce Noemi=Noemí Ines=Inés Beatriz Raquel Rocio=Rocío Marisol Xochitl Citlali Araceli Maribel Rosa Carmen
Ana Luz Estrella Paloma Mei Ling Xin Yuki Sakura Hana Aiko Emi Kiyomi Linh Thuy Mai Ngoc Trang Anh Priya
Anjali Kavya Meera Divya Nisha Simran Harleen Jasleen Aisha Zainab Amina Leila Noor Yasmin Salma Soraya
Imani Nia Zuri Amara Adaeze Ngozi Makena Hiwot Selam Bethlehem Ingrid Astrid Freya Signe Liv Annika Britta
Saoirse Niamh Maeve Siobhan=Siobhán Aoife Bridget Orla Deirdre Giulia Chiara Francesca Bianca Lucrezia
Sabrina Natalia Svetlana Katya Irina Zofia Kasia Agnieszka Ludmila Petra Renee=Renée Noelle=Noëlle
Aimee=Aimée Celine=Céline Helene=Hélène Genevieve=Geneviève Margaux Elodie=Élodie Amelie=Amélie Beatrix
Cordelia Daphne Eloise Felicity Georgia Harriet Imogen Juniper Keira Lydia Matilda Nell Odette Phoebe Quinn
Rosalie Sylvie Thea Ursula Vivian Willa Yvette Zelda Leilani Malia Kailani Noelani Moana Anela Kalea Sina
Lupe Mele Anna-Marie Mary-Kate Ann-Sophie Lily-Rose Ana_Sofia Maria_Jose Maria_Fernanda Ana_Maria Mary_Ellen
Lee_Ann Jo_Anna De'Asia Ja'Nae Ta'Nia Ka'Mya Da'Naysha Harper Avery Reese Blair Tatum Presley Emerson Finley
Kinsley Marlowe Oakley Teagan Winter Wren Autumn Summer April June Clementine Magnolia Marigold Poppy
Saffron Tansy Verity Winnifred
"""

SURNAMES = """
Garcia=García Hernandez=Hernández Martinez=Martínez Lopez=López Gonzalez=González Rodriguez=Rodríguez
Perez=Pérez Nguyen Sanchez=Sánchez Ramirez=Ramírez Johnson Smith Flores Lee Torres Williams Brown Jones
Rivera Gomez=Gómez Diaz=Díaz Kim Miller Davis Cruz Reyes Morales Gutierrez=Gutiérrez Ortiz Chavez=Chávez
Ramos Ruiz Mendoza Alvarez=Álvarez Wilson Anderson Castillo Jimenez=Jiménez Tran Vasquez=Vásquez Thomas
Moreno Romero Herrera Martin Taylor Moore Medina Aguilar Jackson Vargas Castro Guzman=Guzmán Thompson White
Harris Fernandez=Fernández Mendez=Méndez Munoz=Muñoz Salazar Garza Soto Vazquez=Vázquez Clark Chen Wong Pham
Singh Lewis Robinson Delgado Pena=Peña Rios=Ríos Walker Alvarado Sandoval Contreras Valdez Le Guerrero Young
Ortega Estrada Nunez=Núñez Hall King Allen Maldonado Vega Wright Scott Santiago Dominguez=Domínguez Green
Espinoza Adams Baker Silva Padilla Nelson Marquez=Márquez Hill Rojas Campbell Mitchell Carter Avila=Ávila
Roberts Acosta Phillips Evans Li Wang Zhang Liu Huang Lin Wu Yang Chang Lam Ho Hoang Vu Dang Bui Do Ngo
Duong Ly Huynh Vo Phan Truong Dinh Luong Figueroa Navarro Juarez=Juárez Molina Cervantes Serrano Ochoa
Carrillo Cabrera Mejia=Mejía Luna Montoya Fuentes Cortez Robles Trevino=Treviño Lara Salinas
Velasquez=Velásquez Ayala Cardenas=Cárdenas Solis=Solís Pacheco Valencia Miranda Rosales Villarreal
Leon=León Zamora Camacho Barrera Mora Cisneros Macias=Macías Galvan=Galván Orozco Calderon=Calderón
Duran=Durán Arias Villa Zavala Valenzuela Trujillo Benitez=Benítez Gallegos Andrade Ibarra Beltran=Beltrán
Rosas Meza Bautista Rangel Esquivel Osorio Lozano Ponce Escobar Villanueva Quintero Tapia Magana=Magaña
Bravo Corona Nava Cuevas Franco De_la_Cruz De_La_Cruz De_la_Torre De_La_Rosa De_Leon de_la_Fuente
De_los_Santos De_La_Paz Del_Rio=Del_Río Del_Toro De_Anda Turner Parker Collins Edwards Stewart Morris Murphy
Cook Rogers Morgan Peterson Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks
Bennett Gray James Hughes Price Myers Long Foster Sanders Ross Powell Sullivan Russell Jenkins Perry Butler
Barnes Fisher Henderson Coleman Simmons Patterson Jordan Reynolds Hamilton Graham Wallace West Cole Hayes
Bryant Gibson Ellis Stevens Ford Marshall Owens McDonald Harrison Kennedy Wells Woods Washington Warren
Simpson Stone Henry Freeman Hunter Hicks Crawford Boyd Mason Kelley Porter Grant Hunt Black Palmer Mills
Rose Nichols Ferguson Knight Hawkins Dunn Hudson Spencer Gardner Stephens Payne Pierce Berry Matthews Arnold
Wagner Willis Ray Watkins Olson Carroll Duncan Snyder Hart Cunningham Bradley Lane Andrews Harper Fox Riley
Armstrong Carpenter Weaver Greene Lawrence Elliott Sims Austin Peters Franklin Lawson Fields Ryan Schmidt
Carr Wheeler Chapman Oliver Montgomery Richards Williamson Johnston Banks Meyer Bishop McCoy Howell Morrison
Hansen Harvey Little Burton Stanley Nguyen-Tran Smith-Jones Garcia-Lopez Lopez-Reyes Martinez-Cruz
Ortiz-Vega Chavez-Ruiz Kim-Park Hill-Baker Perez-Luna Taylor-Reed Cruz-Flores Ramos-Diaz Soto-Mayor
Adams-Wong Lee-Carter Ruiz-Moreno Torres-Silva Wright-Hall Gomez-Pena O'Brien O'Connor O'Neill O'Hara
O'Leary O'Malley O'Rourke O'Shea O'Sullivan O'Keefe O'Donnell O'Grady O'Reilly O'Toole D'Angelo D'Amico
D'Souza D'Agostino Dell'Orto N'Diaye M'Bala L'Heureux T'Kach Ka'ahumanu Fa'asavalu Ta'amu McCarthy McKenzie
McLaughlin McGuire McKinney McBride McIntyre McCormick McAllister McNamara McGrath MacDonald MacLeod Patel
Shah Sharma Gupta Kaur Gill Sandhu Dhillon Grewal Sidhu Brar Reddy Rao Iyer Nair Menon Desai Mehta Joshi
Kapoor Chopra Malhotra Bhatt Agarwal Banerjee Mukherjee Das Sen Ghosh Chatterjee Khan Ahmed Ali Hussain
Hassan Rahman Malik Qureshi Siddiqui Farooq Aziz Nasser Haddad Khoury Mansour Saleh Najjar Boutros Abboud
Hakimi Rahimi Karimi Tehrani Tanaka Suzuki Yamamoto Watanabe Nakamura Kobayashi Sato Ito Yoshida Yamada
Sasaki Matsumoto Inoue Kimura Hayashi Shimizu Mori Abe Ikeda Hashimoto Yamashita Ishikawa Nakajima Maeda
Fujita Ogawa Goto Okada Hasegawa Murakami Kondo Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon
Hwang Ahn Song Yoo Hong Moon Bae Baek Nam Noh Ha Cheng Chan Cheung Leung Tang Tsai Hsu Liang Zhao Zhou Xu
Sun Ma Zhu Hu Guo He Gao Luo Zheng Xie Deng Feng Yuan Dela_Rosa Santos Bautista-Reyes Aquino Manalo
Pangilinan Dizon Salonga Macapagal Tolentino Villanueva-Cruz Agbayani Ilagan Katigbak Lacson Magbanua
Natividad Ocampo Paguio Quiambao Sumulong Tiongson Umali Valderrama Yabut Zialcita Silveira Pereira Ferreira
Oliveira Costa Sousa Rodrigues Almeida Nascimento Carvalho Teixeira Machado Azevedo Borges Mendonca=Mendonça
Goncalves=Gonçalves Simoes=Simões Magalhaes=Magalhães Guimaraes=Guimarães Brandao=Brandão Falcao=Falcão
Avelar Bettencourt Cabral Correia Dutra Faria Furtado Lourenco=Lourenço Medeiros Moniz Nunes Pimentel
Quadros Rocha Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti
DeLuca Costa-Rossi Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso
Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola DeSantis DiMarco DiMaggio
LaRocca LaFleur LeBlanc DuBois Boudreaux Fontenot Thibodeaux Hebert=Hébert Landry Broussard Guidry Arceneaux
Gautreaux Dupre=Dupré Beaumont Lefevre=Lefèvre Mueller=Müller Schneider Fischer Weber Becker Schulz Hoffmann
Koch Richter Klein Wolf Schroeder=Schröder Neumann Schwarz Zimmermann Braun Krueger=Krüger Hofmann Hartmann
Lange Krause Lehmann Koehler=Köhler Maier Kaiser Fuchs Lang Scholz Moeller=Möller Weiss=Weiß Vogel Keller
Frank Berger Winkler Roth Beck Lorenz Baumann Schuster Boehm=Böhm Kraus Seidel Heinrich Brandt Haas
Schreiber Graf Dietrich Ziegler Kuhn Pohl Engel Horn Busch Bergmann Voigt Sauer Ernst Pfeiffer Hansen-Berg
Olsen Larsen Andersen Nilsen Kristiansen Jensen Karlsen Johansen Pettersen Eriksen Berg Haugen Hagen
Lindqvist Lundgren Bergstrom=Bergström Sjoberg=Sjöberg Ostlund=Östlund Soderberg=Söderberg Nystrom=Nyström
Aberg=Åberg Holm Dahl Ostergaard=Østergaard Sorensen=Sørensen Norgaard=Nørgaard Lindholm Virtanen Korhonen
Makinen=Mäkinen Laine Heikkinen Kowalski Nowak Wisniewski=Wiśniewski Wojcik=Wójcik Kaminski=Kamiński
Zielinski=Zieliński Lewandowski Szymanski=Szymański Novak=Novák Svoboda Dvorak=Dvořák Cerny=Černý
Prochazka=Procházka Kucera=Kučera Horvat Kovac=Kovač Babic=Babić Maric=Marić Juric Ivanov Petrov Sidorov
Volkov Sokolov Popov Lebedev Kozlov Novikov Morozov Shevchenko Kovalenko Bondarenko Tkachenko Petrosyan
Sarkisian Grigoryan Hovhannisyan Avetisyan Manukyan Karapetyan Minasian Hagopian Keshishian Boyajian
Papadopoulos Georgiou Nikolaidis Economou Pappas Stavros Kostas Demetriou Yildiz=Yıldız Demir Kaya
Celik=Çelik Ozturk=Öztürk Okafor Adeyemi Eze Nwosu Obi Balogun Okonkwo Mensah Owusu Boateng Asante Diallo
Traore=Traoré Keita=Keïta Ndiaye Sow Camara Tesfaye-Haile Bekele Haile Gebre Alemu Tadesse Girma Mulugeta
Kiprono Chebet Wanjiru Kamau Otieno Mwangi Njoroge Vang Xiong Yang-Lor Moua Lor Thao Her Cha Xiong-Vue Vue
Khang Saephan Saechao Saelee Keo Sok Chea Chhim Prak Souza Tuilagi Fonoti Leota Tauiliili Mataafa Faleafa
Havili Taumoepeau Kaufusi Vunipola Kealoha Kahananui Makua Nakoa Kekoa Begay Tsosie Yazzie Benally Nez
Bitsui Manygoats Redhorse Whitehorse Blackbird Runningwater Littlefield Greenwood Abernathy Ackerman Alcott
Applegate Ashby Atwater Babcock Bainbridge Ballard Bancroft Barlow Bartlett Beasley Beckwith Billings
Blackwell Blevins Bouchard Bowman Bradshaw Brewster Bridges Briggs Bristow Burgess Burnham Calloway Cantrell
Carlisle Carmichael Castellano Chadwick Chandler Childers Clayton Clifton Colby Compton Conrad Copeland
Cranston Crosby Dalton Danforth Davenport Dawson Delaney Dillard Dixon Donahue Dorsey Drummond Dudley
Eastman Eaton Ellsworth Emerson Everly Fairbanks Farnsworth Fielding Fitzgerald Fleming Fletcher Forsythe
Fowler Fraser Frost Fuller Gaines Galloway Gallagher Garrison Gilmore Goddard Goodwin Granger Griffith
Hadley Halloran Hammond Hancock Hargrove Harmon Hathaway Hayward Hendricks Hewitt Hightower Hobbs Holbrook
Holden Holloway Hopkins Horton Houston Hubbard Huntington Hutchins Ingram Irving Jarvis Jennings Keating
Keene Kendrick Kessler Kirkland Kirkpatrick Lancaster Langford Langley Larkin Lathrop Leland Lindsay
Livingston Lockhart Lockwood Lowell Lyman Mabry Maddox Mallory Manning Marlowe Mayfield Mercer Merrill
Middleton Milligan Monahan Moody Morrow Mosley Nash Newcomb Norwood Oakley Osborne Pace Paxton Pemberton
Pendleton Penrose Pickett Pomeroy Prescott Proctor Quigley Radcliffe Ramsey Randall Ransom Redmond Reeves
Remington Ridley Roark Rockwell Rutherford Rutledge Sawyer Seaver Sewell Shannon Sheffield Shelby Sheridan
Sherwood Sinclair Skinner Stafford Stanton Sterling Stockton Stratton Sumner Sutherland Sutton Swanson
Sweeney Talbot Tanner Thatcher Thornton Tilden Townsend Tremblay Tucker Underwood Upton Vance Vaughn
Wadsworth Wainwright Walden Walton Warner Weatherby Webster Wendell Wentworth Westbrook Whitaker Whitcomb
Whitfield Whitlock Wilder Wilkins Winslow Winthrop Woodward Wyatt Yates Yoder York Zeller Zimmer
"""

# Pairs that a person would call one first name; used where the sample needs a doubtful spelling.
NICKNAMES = {"Michael": "Mike", "Samuel": "Sam", "Nicholas": "Nick", "Katherine": "Katie", "Elizabeth": "Liz"}

Weighted = tuple[tuple[tuple[str, ...], ...], list[float]]


@cache
def weighted(text: str, flat: float) -> Weighted:
    """The spellings of every name, and the running sum of weights: 1 / (rank + flat) each."""
    names = tuple(dict.fromkeys(tuple(word.replace("_", " ").split("=")) for word in text.split()))
    return names, list(accumulate(1 / (rank + flat) for rank in range(len(names))))


def boys() -> Weighted:
    return weighted(BOYS, 10)


def girls() -> Weighted:
    return weighted(GIRLS, 10)


def surnames() -> Weighted:
    return weighted(SURNAMES, 8)
