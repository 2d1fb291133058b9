"""Words of illnesses and of who is ill, which some write with a capital: Sickle Cell Disease, 9.

The phone holds the same (`field/src/see/illnessWords.ts`); a test sets them side by side.
"""

from __future__ import annotations

_WORDS = """
disease syndrome tumour tumor carcinoma sarcoma lymphoma leukaemia leukemia myeloma melanoma anaemia
anemia hernia appendicitis peritonitis pneumonia meningitis hepatitis nephritis arthritis cellulitis
sepsis septic shock abscess ulcer wound burn burns injury trauma infection fever pain bleeding
haemorrhage hemorrhage crisis failure arrest attack infarction ischaemia
ischemia thrombosis embolism
oedema edema effusion stone stones obstruction perforation stenosis fistula prolapse rupture
dislocation palsy paralysis seizure seizures epilepsy eclampsia preeclampsia pre-eclampsia pregnancy
labour labor birth cataract glaucoma jaundice goitre goiter cirrhosis asthma tuberculosis hiv aids
typhoid tetanus rabies measles cholera dengue schistosomiasis malnutrition hypertension hypotension
diabetic cardiac heart lung liver kidney renal pulmonary hepatic brain cerebral head neck chest
abdomen abdominal pelvic pelvis spine spinal hip knee ankle shoulder elbow wrist arm leg foot eye
eyes ear nose throat skin bone joint breast uterine ovarian cervical prostate bladder bowel gastric
thyroid inguinal femoral umbilical congenital sickle cell wilms x-ray x-rays scan ultrasound ecg ct
mri right upper lower type stage grade class
maladie tumeur cancer leucémie lymphome anémie hernie appendicite péritonite pneumonie méningite
hépatite plaie brûlure brûlures traumatisme infection fièvre douleur hémorragie crise insuffisance
arrêt choc infarctus ischémie thrombose embolie œdème oedème épanchement calcul calculs occlusion
sténose fistule rupture luxation paralysie convulsion convulsions épilepsie éclampsie prééclampsie
pré-éclampsie grossesse accouchement cataracte glaucome ictère goitre cirrhose asthme tuberculose
sida tétanos rage rougeole choléra drépanocytose paludisme malnutrition diabétique cardiaque rénal
rénale pulmonaire hépatique cérébral cérébrale tête cou thorax abdominal abdominale œil oeil yeux
oreille nez gorge peau os genou hanche cheville épaule jambe bras pied sein utérin ovaire prostate
vessie inguinale inguinal fémorale ombilicale congénital congénitale rouge rouges
jeune vieux vieille
radiographie échographie scanner droit droite gauche supérieur inférieur membre ouverte fermée
tibia fibula femur humerus radius ulna fémur humérus enceinte patient patiente malade von
"""
OF_ILLNESS = tuple(_WORDS.split())
