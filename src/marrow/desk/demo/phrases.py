"""What the demonstration's rooms wrote, in the other languages: each line is one sentence in
English, Chinese and French. All of it is invented. A `*` stands for what differs from row to row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps

from marrow.core.spoken import Spoken
from marrow.core.words import Names, names

PHRASES = (
    # agreements
    names("Train local key staff (invented requirement)", "培养当地医务骨干（虚构要求）", "Former des cadres locaux (exigence fictive)"),
    names("Those who are taught do alone what they learned; each is recorded.", "由带教对象独立完成所学技术，逐人记录。", "Les personnes formées font seules ce qu’elles ont appris ; chacune est notée."),
    names("Management experience that others can copy (invented requirement)", "形成可复制的管理经验（虚构要求）", "Une expérience de gestion à reproduire (exigence fictive)"),
    names("Local doctors operate alone (invented)", "当地医师独立手术（虚构）", "Des médecins locaux opèrent seuls (fictif)"),
    names("Train nurses (invented)", "培训护士（虚构）", "Former des infirmiers (fictif)"),
    names("Rules of the sterilisation room on its wall (invented)", "消毒供应室制度上墙（虚构）", "Les règles de la stérilisation affichées (fictif)"),
    names("operations", "台", "opérations"),
    names("people", "人", "personnes"),
    names("sending and relief", "派员与轮换", "envoi et relève"),
    names("agreements and relations abroad", "协议与对外联络", "accords et relations extérieures"),
    names("training", "培训", "formation"),
    names("supplies", "物资", "fournitures"),
    names("Two surgeons operate alone (invented)", "两名外科医师独立手术（虚构）", "Deux chirurgiens opèrent seuls (fictif)"),
    names("Members know tropical diseases (invented)", "队员掌握热带病诊治（虚构）", "Les membres connaissent les maladies tropicales (fictif)"),
    names("First nursing teaching group sent by the country (invented)", "全国首次派出护理教学组（虚构）", "Premier groupe d’enseignement infirmier envoyé par le pays (fictif)"),
    names("First hernia repair without tension in the region (invented)", "本地区首例无张力疝修补术（虚构）", "Première cure de hernie sans tension de la région (fictif)"),
    names("Three steps of teaching (invented)", "带教三步法（虚构）", "Enseigner en trois pas (fictif)"),
    names("See one, do one, teach one; two people sign each case. An invented example.", "看一例、做一例、教一例；每例两人签字。虚构示例。", "Voir un cas, en faire un, en enseigner un ; deux personnes signent chacun. Exemple fictif."),
    names("Order supplies before the relief (invented)", "轮换前先订物资（虚构）", "Commander le matériel avant la relève (fictif)"),
    names("The order leaves three months before the relief. An invented example.", "轮换前三个月发出订单。虚构示例。", "La commande part trois mois avant la relève. Exemple fictif."),
    names("invented", "虚构", "fictif"),
    names("An invented remark", "虚构的评语", "Une remarque fictive"),
    names("An invented sentence", "虚构的句子", "Phrase fictive"),
    names("Local doctors who can be on duty alone (invented)", "能独立值班的当地医师（虚构）", "Médecins locaux pouvant être de garde seuls (fictif)"),
    names("Teams on post in two places at once (invented)", "在两地同时派驻医疗队（虚构）", "Des équipes en poste à deux endroits à la fois (fictif)"),
    names("New techniques of the county hospital done by its own doctors (invented)", "县医院新技术由本院医师开展（虚构）", "Techniques nouvelles de l’hôpital du comté faites par ses médecins (fictif)"),
    names("Conditions treated without leaving the county (invented)", "不出县即可诊治的病种（虚构）", "Maladies soignées sans quitter le comté (fictif)"),
    names("Local nurses who can teach (invented)", "能带教的当地护士（虚构）", "Infirmiers locaux qui peuvent former (fictif)"),
    names("teams", "支", "équipes"),
    names("techniques", "项", "techniques"),
    names("conditions", "种", "maladies"),
    # plans
    names("Rotations of the next two years (invented)", "未来两年轮换计划（虚构）", "Rotations des deux prochaines années (fictif)"),
    names("If somebody drops out (invented)", "如有人退出（虚构）", "Si quelqu’un se retire (fictif)"),
    names("Nursing seats as critical (invented)", "护理岗改为关键（虚构）", "Les postes de soins comme critiques (fictif)"),
    names("The leader is settled (invented)", "队长人选已定（虚构）", "Le chef d’équipe est décidé (fictif)"),
    names("Old parents to care for at home (invented)", "家中老人需要照顾（虚构）", "Des parents âgés à soigner (fictif)"),
    names("The fever clinic grows, staff is short (invented)", "发热门诊扩容，人手紧张（虚构）", "La clinique des fièvres s’agrandit, le personnel manque (fictif)"),
    names("Lin Yi (invented)", "林一（虚构）", "Lin Yi (fictif)"),
    names("He Er (invented)", "何二（虚构）", "He Er (fictif)"),
    names("Pan San (invented)", "潘三（虚构）", "Pan San (fictif)"),
    names("Qiu Si (invented)", "邱四（虚构）", "Qiu Si (fictif)"),
    names("Kong Wu (invented)", "孔五（虚构）", "Kong Wu (fictif)"),
    names("Cao Liu (invented)", "曹六（虚构）", "Cao Liu (fictif)"),
    names("Yan Qi (invented)", "严七（虚构）", "Yan Qi (fictif)"),
    names("Jin Ba (invented)", "金八（虚构）", "Jin Ba (fictif)"),
    names("Wei Jiu (invented)", "魏九（虚构）", "Wei Jiu (fictif)"),
    names("Tao Shi (invented)", "陶十（虚构）", "Tao Shi (fictif)"),
    names("partner counties", "对口联络", "relations de jumelage"),
    names("courses", "课程", "cours"),
    names("examinations", "考核", "examens"),
    names("Members learn to consult between two places (invented)", "队员学会两地远程会诊（虚构）", "Les membres apprennent la téléconsultation entre deux lieux (fictif)"),
    names("Two nurses lead their own ward (invented)", "两名护士独立管理病区（虚构）", "Deux infirmières dirigent leur propre service (fictif)"),
    names("First relief in two places at once (invented)", "首次两地同时轮换（虚构）", "Première relève à deux endroits à la fois (fictif)"),
    names("First dialysis in Testland (invented)", "试验国首例透析（虚构）", "Première dialyse au Pays d’essai (fictif)"),
    names("Both places have local doctors who can be on duty alone (invented requirement)", "两地均有可独立值班的当地医师（虚构要求）", "Aux deux endroits, des médecins locaux peuvent être de garde seuls (exigence fictive)"),
    names("Each person is signed off one by one, and looked at again every quarter.", "逐人签署放手授权，每季回看。", "Chaque personne reçoit sa propre autorisation signée, revue chaque trimestre."),
    names("Order before the rains (invented)", "雨季前先订货（虚构）", "Commander avant les pluies (fictif)"),
    names("Roads close for weeks. An invented example.", "道路会中断数周。虚构示例。", "Les routes sont coupées des semaines. Exemple fictif."),
    names("Supporting doctors know the common diseases of the county (invented)", "支援医师熟悉基层常见病（虚构）", "Les médecins en appui connaissent les maladies courantes du comté (fictif)"),
    names("The county hospital treats by endoscopy (invented)", "县医院开展内镜治疗（虚构）", "L’hôpital du comté traite par endoscopie (fictif)"),
    names("First whole department supported in the city (invented)", "全市首个整科帮扶（虚构）", "Premier service soutenu en entier dans la ville (fictif)"),
    names("First bleeding stopped by endoscopy in the county (invented)", "全县首例内镜止血（虚构）", "Première hémostase endoscopique du comté (fictif)"),
    names("No condition is lost after the support ends (invented requirement)", "帮扶结束后病种不减（虚构要求）", "Aucune maladie prise en charge n’est perdue après la fin de l’appui (exigence fictive)"),
    names("From a year before the end the hospital’s own doctors operate; the supporters only stand by.", "结束前一年起由本院医师主刀，帮扶方只在场。", "Un an avant la fin, les médecins de l’hôpital opèrent ; l’équipe d’appui est seulement présente."),
    names("Look at who leaves, then choose the specialty (invented)", "先看流向再定专科（虚构）", "Regarder qui part, puis choisir la spécialité (fictif)"),
    names("First find out who leaves for care, then decide which specialty to send. An invented example.", "先查谁外出就医，再定派哪个专科。虚构示例。", "D’abord voir qui part se faire soigner, puis décider quelle spécialité envoyer. Exemple fictif."),
    names("Teachers of the team master teaching in two languages (invented)", "教师队员掌握双语带教（虚构）", "Les enseignants de l’équipe maîtrisent l’enseignement en deux langues (fictif)"),
    names("Six nurses teach (invented)", "六名护士担任教师（虚构）", "Six infirmières enseignent (fictif)"),
    names("First examination set in three languages (invented)", "首次用三种语言出题（虚构）", "Premier examen rédigé en trois langues (fictif)"),
    names("First local summer school (invented)", "首届当地暑期学校（虚构）", "Première école d’été locale (fictive)"),
    names("Teaching materials stay, and are kept up to date locally (invented requirement)", "教材留在当地并由当地更新（虚构要求）", "Les supports de cours restent sur place et y sont mis à jour (exigence fictive)"),
    names("Two local teachers sign each lesson together.", "每课两名当地教师共同署名。", "Deux enseignants locaux signent ensemble chaque cours."),
    names("One lesson, two voices (invented)", "一堂课，两个声音（虚构）", "Un cours, deux voix (fictif)"),
    names("A local trainer speaks in each lesson. An invented example.", "每堂课都有一名当地教师讲授。虚构示例。", "Un formateur local parle à chaque cours. Exemple fictif."),
    # handovers
    names("a surgeon in training", "一名规培外科医师", "un chirurgien en formation"),
    names("hernia repair", "疝修补术", "cure de hernie"),
    names("ten operations under supervision", "在指导下完成十台手术", "dix opérations sous surveillance"),
    names("Operating table", "手术台", "Table d’opération"),
    names("it no longer rises", "不能升起", "elle ne se lève plus"),
    names("The local team goes on alone (invented)", "由本院团队独立继续开展（虚构）", "L’équipe locale continue seule (fictif)"),
    names("Check the pressure after cataract surgery", "白内障术后复查眼压", "Contrôle de la pression après chirurgie de la cataracte"),
    names("an ophthalmic nurse", "一名眼科护士", "une infirmière d’ophtalmologie"),
    names("slit-lamp examination", "裂隙灯检查", "examen à la lampe à fente"),
    names("twenty examinations alone", "独立完成二十例检查", "vingt examens seule"),
    names("Autoclave", "高压灭菌器", "Autoclave"),
    names("the operating theatre", "手术室", "le bloc opératoire"),
    names("the seal of the door leaks", "门封漏气", "le joint de porte fuit"),
    names("A hundred lens implants", "一百枚人工晶状体", "Cent implants oculaires"),
    names("the eye department", "眼科", "le service d’ophtalmologie"),
    names("Slit-lamp examination, continued", "裂隙灯检查，后续", "Examen à la lampe à fente, la suite"),
    names("seal replaced", "门封已更换", "joint remplacé"),
    names("Plates to be taken out", "取出钢板", "Ablation de plaques"),
    names("Anaemic children to be seen again", "贫血患儿复诊", "Enfants anémiques à revoir"),
    names("A week of ultrasound training", "一周超声培训", "Une semaine de formation à l’échographie"),
    names("the emergency department", "急诊科", "le service des urgences"),
    names("Nobody follows: signed on paper at the hospital (invented)", "无后续医疗队，在医院纸质签署（虚构）", "Personne ne suit : signé sur papier à l’hôpital (fictif)"),
    # posts
    names("Anaesthetists of the country are on duty at night", "当地麻醉医师承担夜班", "Les anesthésistes du pays assurent la garde de nuit"),
    names("7 nights a week", "每周7晚", "7 nuits / 7"),
    names("The laboratory gives its results on the same day", "检验科当日出结果", "Le laboratoire rend ses résultats le jour même"),
    names("90 in 100", "每百份90份", "90 sur 100"),
    names("First night on duty without the team", "首次夜班无队员在场", "Première garde de nuit sans l’équipe"),
    names("Quality control of the laboratory is in place", "检验质量控制已建立", "Contrôle de qualité du laboratoire en place"),
    names("The car broke down on a road after rain (invented)", "院车在雨后道路上抛锚（虚构）", "La voiture est tombée en panne sur une route après la pluie (fictif)"),
    names("Back to the lodging in a car of the hospital (invented)", "改乘医院车辆返回驻地（虚构）", "Retour au logement dans une voiture de l’hôpital (fictif)"),
    names("Nobody hurt, the car is repaired (invented)", "无人受伤，车辆已修好（虚构）", "Personne n’est blessé, la voiture est réparée (fictif)"),
    names("Two surgeons of the country repair hernias alone", "两名当地外科医师独立完成疝手术", "Deux chirurgiens du pays opèrent seuls les hernies"),
    names("Children’s emergencies are triaged day and night", "儿科急诊昼夜分诊", "Les urgences pédiatriques sont triées jour et nuit"),
    names("24 hours a day", "全天24小时", "24 h / 24"),
    names("A register of transfers is kept every week", "每周登记转诊", "Un registre des transferts est tenu chaque semaine"),
    names("Sterilisation in service", "消毒室投入使用", "Stérilisation en service"),
    names("First operation together", "首例联合手术", "Première opération commune"),
    names("Review of training at half-time", "培训中期评估", "Bilan de la formation à mi-parcours"),
    names("First operation by locals alone", "首例独立手术", "Première opération autonome"),
    names("Festive greetings to every member abroad. All is well at home; take care of yourselves and come home safely.", "向在外的每一位队员致以节日问候。家里一切都好，请保重身体，平安归来。", "Nos vœux à chaque membre à l’étranger. Tout va bien ici ; prenez soin de vous et revenez sains et saufs."),
    names("Demonstration programme office (invented)", "演示项目办公室（虚构）", "Bureau du programme d’essai (fictif)"),
    names("Heard by telephone (invented)", "电话报平安（虚构）", "Nouvelles par téléphone (fictif)"),
    names(
        "Demonstration duty room (invented)",
        "演示值班室（虚构）",
        "Permanence d’essai (fictive)",
    ),
    names("Staying through the outbreak (invented)", "疫情期间坚守（虚构）", "Ils restent pendant l’épidémie (fictif)"),
    names("Back at the residence after the afternoon clinic", "下午巡回门诊后已返回驻地", "De retour au logement après la consultation de l’après-midi"),
    names("No electricity at the residence for six hours at night", "驻地夜间停电六小时", "Six heures sans courant la nuit au logement"),
    names("The spare generator was started", "启用备用发电机", "Le groupe de secours a été mis en marche"),
    names("Nobody was hurt, the line is repaired", "无人受伤，线路已修复", "Personne n’est blessé, la ligne est réparée"),
    # hospitals
    names("An anaesthetist in the next team: two theatres, one nurse anaesthetist only. (invented)", "下一批医疗队需一名麻醉医师：两间手术室，仅一名麻醉护士。（虚构）", "Un anesthésiste dans la prochaine équipe : deux blocs, un seul infirmier anesthésiste. (fictif)"),
    names("A week of ultrasound for the emergency department. (invented)", "急诊科一周超声培训。（虚构）", "Une semaine d’échographie pour les urgences. (fictif)"),
    names("Put into the plan of the next team. (invented)", "已列入下一批医疗队计划。（虚构）", "Inscrit au plan de la prochaine équipe. (fictif)"),
    names("the newborn ward", "新生儿病房", "la salle des nouveau-nés"),
    names("the compressor no longer starts (invented)", "压缩机无法启动（虚构）", "le compresseur ne démarre plus (fictif)"),
    names("Oxygen concentrator, paediatrics (invented)", "制氧机，儿科（虚构）", "Concentrateur d’oxygène, pédiatrie (fictif)"),
    # capacity
    names("Station * (invented)", "*号机（虚构）", "Station * (fictif)"),
    names("The blood pump is stuck (invented)", "血泵卡住（虚构）", "La pompe à sang est bloquée (fictif)"),
    names("Waiting for a part (invented)", "等待配件（虚构）", "En attente d’une pièce (fictif)"),
    names("By our own teams (invented)", "由本院团队完成（虚构）", "Par nos équipes (fictif)"),
    names("Cases of the department, as a team (invented)", "科室病例，团队完成（虚构）", "Cas du service, en équipe (fictif)"),
    names("The only trained nurse left (invented)", "唯一受过培训的护士离开（虚构）", "La seule infirmière formée est partie (fictif)"),
    names("The only trained doctor left (invented)", "唯一受过培训的医师离开（虚构）", "Le seul médecin formé est parti (fictif)"),
    names("Few specialties (invented)", "专科少（虚构）", "Peu de spécialités (fictif)"),
    names("Five specialties more (invented)", "新增五个专科（虚构）", "Cinq spécialités de plus (fictif)"),
    names("No written rules (invented)", "无成文制度（虚构）", "Sans règles écrites (fictif)"),
    names("of 100 points", "满分100分", "sur 100 points"),
    # need
    names("the capital of the neighbouring country (invented)", "邻国首都（虚构）", "la capitale du pays voisin (fictif)"),
    names("Regional register of transfers (invented)", "地区转诊登记（虚构）", "Registre régional des transferts (fictif)"),
    names("One specialist for two years; two seats more (invented)", "一名专科医师，为期两年；再加两个岗位（虚构）", "Un spécialiste pour deux ans ; deux postes de plus (fictif)"),
    names("One specialist for a year; two local staff trained (invented)", "一名专科医师，为期一年；培训两名医护（虚构）", "Un spécialiste pour un an ; deux soignants formés (fictif)"),
    names("scattered herders, a road of earth (invented)", "牧民分散，道路为土路（虚构）", "éleveurs dispersés, une route de piste (fictif)"),
    names("kidney failure: dialysis is far and dear (invented)", "肾衰竭多：透析路远费高（虚构）", "insuffisance rénale : la dialyse est loin et chère (fictif)"),
    names("A call to the doctor on duty, then a letter with the patient (invented)", "先电话联系值班医师，再随患者附转诊单（虚构）", "Appel au médecin de garde, puis lettre avec le patient (fictif)"),
    names("A letter at discharge and a date for follow-up at the health centre (invented)", "出院附小结，并约定卫生中心随访（虚构）", "Lettre de sortie et rendez-vous de suivi au dispensaire (fictif)"),
    names("priority area (invented)", "优先区（虚构）", "zone prioritaire (fictif)"),
    names("by road (invented)", "公路里程（虚构）", "par la route (fictif)"),
    # people
    names("Counts as a year at the base for promotion (invented)", "晋升时视同基层服务一年（虚构）", "Compte pour une année de terrain à l’avancement (fictif)"),
    names("Six months of further study (invented)", "进修六个月（虚构）", "Six mois de perfectionnement (fictif)"),
    names("For the tour before (invented)", "完成上一任期（虚构）", "Pour la mission précédente (fictif)"),
    names("Hardship allowance (invented)", "艰苦地区津贴（虚构）", "Prime de zone difficile (fictif)"),
    names("Language course (invented)", "外语进修（虚构）", "Cours de langue (fictif)"),
    names("Preferred at appointment (invented)", "聘任时优先（虚构）", "Priorité à la nomination (fictif)"),
    names("Head of ophthalmology (invented)", "眼科主任（虚构）", "Chef du service d’ophtalmologie (fictif)"),
    names("Teaches residents (invented)", "住院医师带教老师（虚构）", "Forme les internes (fictif)"),
    names("Chief physician (invented)", "主任医师（虚构）", "Médecin-chef (fictif)"),
    names("Deputy chief physician (invented)", "副主任医师（虚构）", "Médecin-chef adjoint (fictif)"),
    names("Sorting many patients quickly at the slit lamp, done at home since (invented)", "用裂隙灯为大批患者快速分诊的做法，已用于本院门诊（虚构）", "Trier vite beaucoup de patients à la lampe à fente, repris à l’hôpital d’envoi (fictif)"),
    names("Giving back the patient’s own blood where there is no bank (invented)", "缺血源时的术中自体血回输流程（虚构）", "Rendre au patient son propre sang quand la banque manque (fictif)"),
    names("Severe malaria with swelling of the brain (invented)", "重症疟疾合并脑水肿的处理（虚构）", "Paludisme grave avec œdème cérébral (fictif)"),
    names("Master of surgery (invented)", "外科学硕士（虚构）", "Master de chirurgie (fictif)"),
    names("Doctor of ophthalmology (invented)", "眼科学博士（虚构）", "Doctorat d’ophtalmologie (fictif)"),
    names("Programme office (invented)", "项目办公室（虚构）", "Bureau du programme (fictif)"),
    # entrusting
    names("Dr Essai, head (invented)", "埃塞医生，科主任（虚构）", "Dr Essai, chef (fictif)"),
    names("A year without practice, back from leave (invented)", "休假归来，一年未操作（虚构）", "Une année sans pratique, retour de congé (fictif)"),
    names("Leads the dialysis unit and trains its nurses (invented)", "负责透析室并培训护士（虚构）", "Conduit l’unité de dialyse et forme ses infirmiers (fictif)"),
    names("A letter of the hospital (invented)", "医院函（虚构）", "Lettre de l’hôpital (fictif)"),
    names("Seeing in time that labour makes no progress (invented)", "及时识别产程停滞（虚构）", "Reconnaître à temps un travail qui n’avance pas (fictif)"),
    names("Register of the department (invented)", "科室登记簿（虚构）", "Registre du service (fictif)"),
    # activity
    names("I see my granddaughter’s face again. (invented)", "我又看见孙女的脸了。（虚构）", "Je vois de nouveau le visage de ma petite-fille. (inventé)"),
    names("We operate together, and tomorrow alone. (invented)", "今天我们一起手术，明天独立完成。（虚构）", "Nous opérons ensemble, et demain seuls. (inventé)"),
    names("The maternity’s figures are missing (invented)", "缺产科数据（虚构）", "La maternité manque (fictif)"),
    # teams
    names("Malaria: prevention and treatment (invented)", "疟疾防治（虚构）", "Prévention et traitement du paludisme (fictif)"),
    names("Safety of care (invented)", "医疗安全（虚构）", "Sécurité des soins (fictif)"),
    names("North Test Hospital (invented)", "北方演示医院（虚构）", "Hôpital d’essai du Nord (fictif)"),
    names("Sun Li (invented)", "孙丽（虚构）", "Sun Li (fictif)"),
    names("chair", "组长", "présidente"),
    names("sending unit", "派员单位", "établissement d’envoi"),
    names("Good French, has served abroad", "法语好，有外派经验", "Bon français, a déjà servi à l’étranger"),
    names("Not asked of a cook", "炊事员不要求", "Non exigé d’un cuisinier"),
    names("Two colleagues are away already", "两名同事已外出", "Deux collègues sont déjà partis"),
    # recognition
    names("Opening", "开幕", "Ouverture"),
    names("The decision is read", "宣读表彰决定", "Lecture de la décision"),
    names("Awards", "颁奖", "Remise des distinctions"),
    names("Photograph of all", "合影", "Photographie de groupe"),
    names("Chen Wei (invented)", "陈伟（虚构）", "Chen Wei (fictif)"),
    names("Test group * (invented)", "演示集体*（虚构）", "Groupe d’essai * (fictif)"),
    names("Test person * (invented)", "演示个人*（虚构）", "Personne d’essai * (fictive)"),
    names("Test hospital (invented)", "演示医院（虚构）", "Hôpital d’essai (fictif)"),
    names("Advance team (invented)", "先遣组（虚构）", "Équipe d’avance (fictive)"),
)  # fmt: skip
KNOWN = {text: phrase for phrase in PHRASES for text in phrase.values() if "*" not in text}
SHAPES = [
    (re.compile(re.escape(text).replace(r"\*", r"(\d+)")), phrase)
    for phrase in PHRASES
    for text in phrase.values()
    if "*" in text
]


def in_three(text: str) -> Names:
    """What somebody wrote, in every language in which the demonstration has it; else nothing."""
    if text in KNOWN:
        return KNOWN[text]
    for shape, phrase in SHAPES:
        if found := shape.fullmatch(text):
            return {code: said.replace("*", found[1]) for code, said in phrase.items()}
    return {}


def spoken_rows() -> Iterator[tuple[Spoken, dict[str, Names]]]:
    """Each record with words of the demonstration that stand in one language only."""
    for model in _spoken_models():
        for row in model._base_manager.filter(tongues={}):
            also = {c: told for c in row.SPOKEN if (told := in_three(getattr(row, c)))}
            if also:
                yield row, also


def _spoken_models() -> Iterator[type[Spoken]]:
    for model in apps.get_models():
        if issubclass(model, Spoken):
            yield model
