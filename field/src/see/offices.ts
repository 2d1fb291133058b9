/**
 * Words of what somebody is by their work in a hospital, a team or an office: who is called by a
 * title beside one is no patient. A driver or a teacher is as often one who is ill.
 * The server holds the same (people/rules/offices.py); a test sets them side by side.
 */
const split = (words: string): readonly string[] => words.trim().split(/\s+/);

export const OFFICES = split(`
doctor physician surgeon anaesthetist anesthetist gynaecologist obstetrician paediatrician
radiologist cardiologist dentist specialist nurse midwife matron pharmacist technician technologist
radiographer engineer trainer tutor instructor supervisor
manager administrator accountant storekeeper secretary registrar statistician interpreter
translator director chief minister ambassador consul mayor governor
prefect professor expert intern trainee resident assistant aide colleague deputy coordinator
counsellor adviser leader intensivist perfusionist dietician nutritionist orthopaedist orthopedist
sonographer
docteur médecin chirurgien chirurgienne anesthésiste gynécologue obstétricien obstétricienne
pédiatre radiologue cardiologue dentiste spécialiste infirmier infirmière sage-femme sages-femmes
pharmacien pharmacienne technicien technicienne laborantin laborantine manipulateur manipulatrice
ingénieur ingénieure formateur formatrice surveillant
surveillante gestionnaire administrateur administratrice comptable magasinier secrétaire
statisticien statisticienne interprète traducteur traductrice directeur directrice
ministre ambassadeur ambassadrice maire préfet gouverneur professeur expert experte interne
stagiaire résident résidente aide-soignant aide-soignante collègue adjoint adjointe coordinateur
coordinatrice coordonnateur coordonnatrice conseiller conseillère orthopédiste réanimateur
réanimatrice perfusionniste diététicien diététicienne
`);
// how words of other specialties end: neurosurgeon, urologist, néphrologue, psychiatre
export const SPECIALISTS = split(`
surgeon ologist iatrist therapist chirurgien chirurgienne ologue ologiste iatre thérapeute
`);
// what may stand before such a word: the only nurse, biomedical engineer
export const KINDS = split(`
only first second last one two three team senior junior head deputy assistant chief biomedical
anaesthetic anesthetic theatre ward charge district regional national general hospital scrub
dialysis laboratory lab x-ray visiting local former new retired trained orthopaedic Chinese Guinean
medical health operating room maintenance intensive care emergency surgical community duty night
seul seule unique premier première dernier dernière ancien ancienne nouveau nouvelle jeune
deux trois
`);
// from which somebody comes to work: Mr Li from the bureau
export const BODIES = split(`
bureau ministry embassy company university institute manufacturer supplier directorate
ministère ambassade société université institut fournisseur fabricant direction
`);
// of which somebody is the head; nobody is the head of an injury
export const PLACES = split(`
ward wards department unit service theatre theatres laboratory lab pharmacy maternity hospital
team nursing surgery maintenance stores clinic centre bloc salle laboratoire pharmacie maternité
hôpital équipe département unité soins bureau mission matériel division section centre
`);
export const CHINESE_OFFICES = split(`
医生 医师 大夫 护士 护师 护士长 助产士 麻醉师 药师 药剂师 技师 技术员 检验师 工程师 主任
院长 局长 处长 省长 市长 县长 州长
科长 部长 馆长 会长 队长 组长 所长 站长 主席 书记 大使 参赞 秘书 翻译 专家
老师 教授 同事 领队
`);
