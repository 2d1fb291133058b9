"""Specialties by code, in three tongues. A code is kept for ever; names may be bettered."""

from __future__ import annotations

SPECIALTIES: dict[str, dict[str, str]] = {
    code: {"en": en, "zh": zh, "fr": fr}
    for code, en, zh, fr in (
        ("ANAESTHESIA", "anaesthesia", "麻醉科", "anesthésie"),
        ("GENERAL_SURGERY", "general surgery", "普通外科", "chirurgie générale"),
        ("ORTHOPAEDICS", "orthopaedics", "骨科", "orthopédie"),
        ("NEUROSURGERY", "neurosurgery", "神经外科", "neurochirurgie"),
        ("CARDIAC_SURGERY", "cardiac surgery", "心脏外科", "chirurgie cardiaque"),
        ("UROLOGY", "urology", "泌尿外科", "urologie"),
        ("BURNS", "burns and plastic surgery", "烧伤整形科", "brûlures et chirurgie plastique"),
        ("OBSTETRICS", "obstetrics and gynaecology", "妇产科", "gynécologie-obstétrique"),
        ("PAEDIATRICS", "paediatrics", "儿科", "pédiatrie"),
        ("NEONATOLOGY", "neonatology", "新生儿科", "néonatologie"),
        ("OPHTHALMOLOGY", "ophthalmology", "眼科", "ophtalmologie"),
        ("ENT", "ear, nose and throat", "耳鼻喉科", "ORL"),
        ("STOMATOLOGY", "dentistry", "口腔科", "odontologie"),
        ("INTERNAL", "internal medicine", "内科", "médecine interne"),
        ("CARDIOLOGY", "cardiology", "心内科", "cardiologie"),
        ("RESPIRATORY", "respiratory medicine", "呼吸科", "pneumologie"),
        ("GASTROENTEROLOGY", "gastroenterology", "消化科", "gastro-entérologie"),
        ("NEUROLOGY", "neurology", "神经内科", "neurologie"),
        ("NEPHROLOGY", "nephrology and dialysis", "肾内科（血液透析）", "néphrologie et dialyse"),
        ("ENDOCRINOLOGY", "endocrinology", "内分泌科", "endocrinologie"),
        ("ONCOLOGY", "oncology", "肿瘤科", "oncologie"),
        ("HAEMATOLOGY", "haematology", "血液科", "hématologie"),
        ("INFECTIOUS", "infectious diseases", "感染科", "maladies infectieuses"),
        ("DERMATOLOGY", "dermatology", "皮肤科", "dermatologie"),
        ("PSYCHIATRY", "psychiatry", "精神科", "psychiatrie"),
        ("REHABILITATION", "rehabilitation", "康复科", "réadaptation"),
        ("EMERGENCY", "emergency medicine", "急诊科", "urgences"),
        ("CRITICAL_CARE", "critical care", "重症医学科", "réanimation"),
        ("TRAUMA", "trauma care", "创伤科", "traumatologie"),
        ("RADIOLOGY", "radiology", "放射科", "radiologie"),
        ("ULTRASOUND", "ultrasound", "超声科", "échographie"),
        ("LABORATORY", "laboratory medicine", "检验科", "biologie médicale"),
        ("PATHOLOGY", "pathology", "病理科", "anatomopathologie"),
        ("TRANSFUSION", "blood transfusion", "输血科", "transfusion"),
        ("PHARMACY", "pharmacy", "药剂科", "pharmacie"),
        ("NURSING", "nursing", "护理", "soins infirmiers"),
        ("TCM", "traditional Chinese medicine", "中医科", "médecine traditionnelle chinoise"),
        ("ACUPUNCTURE", "acupuncture", "针灸科", "acupuncture"),
        ("PUBLIC_HEALTH", "public health", "公共卫生", "santé publique"),
        ("EPIDEMIOLOGY", "epidemiology", "流行病学", "épidémiologie"),
        ("HEALTH_POLICY", "health policy", "卫生政策", "politique de santé"),
        ("HOSPITAL_MANAGEMENT", "hospital management", "医院管理", "gestion hospitalière"),
        ("BIOMEDICAL", "biomedical engineering", "医学工程", "génie biomédical"),
        ("INTERPRETING", "interpreting", "翻译", "interprétariat"),
        ("CATERING", "catering", "餐饮", "restauration"),
    )
}

#: what teams need and no patient is treated in
NO_CARE = frozenset({"CATERING", "INTERPRETING"})

#: what other departments stand on: images, tests, blood, anaesthesia
PLATFORMS = frozenset(
    {"ANAESTHESIA", "LABORATORY", "PATHOLOGY", "RADIOLOGY", "TRANSFUSION", "ULTRASOUND"}
)
