/**
 * Words that begin with a capital after “patient” and are nobody: Patient Safety Week, Patient Guinée.
 * The server holds the same (people/rules/ordinary_words.py); a test sets them side by side.
 */
export const ORDINARY = `
  Safety Care Rights Right Records Record Transport Transfer Transfers Education Experience Flow
  Information Identification Feedback Satisfaction Support Services Service Centre Center
  Central Advocate Advocacy Association Charter Council Data Day Days Week Weeks Month Year
  Monitor Monitoring Management Registration Registry Register Portal Triage Ward Wards Room
  Hall Hostel Guest House Hotel Unit Queue Card Form Forms Number File Files List Lists History
  Survey Voice Forum Group Committee Handover Hand Fall Falls Positioning Warming Lift Trolley
  Bed Beds Referral Referrals Admission Admissions Discharge Appointment Engagement Empowerment
  Outcome Outcomes Reported Focus Family Families Visit Visits Waiting First Second Third Zero
  One Two Three Four Five Six Ten Not No In On At Is Was Has Had Will The An This That These And
  Or With Without From To After Before Since Until For By Of As If When Who Stable Critical Male
  Female Man Woman Boy Girl Child Children Adult Adults Baby Newborn Elderly Young Old New
  Unknown Name Names Acute Chronic Open Closed Severe Mild Moderate Left Both Bilateral
  Suspected Confirmed Known Pregnant Positive Negative Surgical Medical Health Hospital
  Hospitals Clinic World Ministry National Regional Prefectural Friendship Chief Head Nurse
  Nurses Doctor Doctors Professor Team Teams Red Cross Fracture Malaria Diabetes Stroke Cancer
  Glasgow Apgar Rankin Killip Ebola Lassa Marburg Covid Parkinson Alzheimer Hodgkin Crohn
  Basedow Kaposi Burkitt Pott Barthel Braden Waterlow Norton Rh Hb Ht Na Ca Cl Mg Fe Pa Vs Ta Fc
  Ok Wi Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
  May June July August September October November December Christmas Easter Ramadan Tabaski Eid
  English French Chinese African Muslim Christian Dr Drs Prof
  Docteur Professeur Pr Infirmier Infirmière Sécurité Homme Hommes Femme Femmes Garçon Fille
  Enfant Enfants Adulte Adultes Bébé Âgé Âgée Inconnu Inconnue Transféré Transférée Dossier
  Dossiers Accueil Urgence Urgences Soins Bloc Salle Hôpital Hôpitaux Médecin Médecins Ministère
  Santé Région Régional Régionale Nationale Préfecture District Commune Quartier Marché Semaine
  Journée Mois Année Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche Janvier Février Mars
  Avril Mai Juin Juillet Août Septembre Octobre Novembre Décembre Noël Pâques Paludisme Diabète
  Positif Négatif Négative Suspect Suspecte Aigu Aiguë Grave Le La Les Un Une Des Du De Et Ou En
  Au Aux Avec Sans Pour Par Chez Sur Qui Non Oui Pas Très Premier Première Deuxième Nouveau
  Nouvelle Français Française Chinois Chinoise Africain Africaine Croix
  Guinée Guinéen Guinéenne Guinea Guinean Conakry Kindia Boké Mamou Labé Faranah Kankan
  Nzérékoré N’Zérékoré N'Zérékoré Coyah Dubréka Forécariah Fria Télimélé Boffa Kissidougou
  Guéckédou Macenta Beyla Lola Yomou Siguiri Kouroussa Mandiana Kérouané Dabola Dinguiraye Pita
  Dalaba Tougué Koubia Lélouma Gaoual Koundara Donka Ignace Deen Kipé Ratoma Matoto Dixinn
  Kaloum Mali Malien Malienne Sénégal Senegal Sénégalais Sierra Leone Liberia Libéria Côte
  Ivoire Togo Bénin Benin Burkina Niger Tchad Chad Nigeria Cameroun Cameroon Gabon Congo
  Centrafrique Équatoriale Équateur Tanzania Tanzanie Zanzibar Zambia Zambie Malawi Uganda
  Ouganda Rwanda Burundi Kenya Ethiopia Éthiopie Sudan Soudan Djibouti Comores Comoros
  Madagascar Malagasy Mozambique Namibia Namibie Botswana Lesotho Zimbabwe Angola Morocco Maroc
  Algeria Algérie Tunisia Tunisie Mauritania Mauritanie Gambia Gambie Ghana Guyana Jamaica
  Barbados Grenada Dominica Vanuatu Fiji Samoa Tonga Papua Solomon Cambodia Cambodge Laos Nepal
  Népal Africa Afrique Asia Asie Europe Beijing Pékin Peking Shanghai China Chine Sino Paris
  Dakar Bamako Abidjan Freetown Monrovia Forestière Maritime Haute Basse Moyenne
`
  .trim()
  .split(/\s+/);

/** What a patient has or is: Patient Diabétique connu, Patient Von Willebrand. */
export const STATES: readonly string[] = `
Diabetic Diabétique Hypertensive Hypertendu Hypertendue Asthmatic Asthmatique Epileptic Épileptique
Drépanocytaire Cardiac Cardiaque Dialysed Dialysé Dialysée Operated Opéré Opérée Connu Connue
Conscious Unconscious Conscient Consciente Inconscient Inconsciente Comatose Comateux Comateuse
Febrile Fébrile Deceased Décédé Décédée Hospitalisé Hospitalisée Enceinte Seropositive Séropositif
Séropositive Mpox Cholera Choléra Measles Rougeole Tetanus Tétanos Rabies Tuberculosis Tuberculose
Hepatitis Hépatite Meningitis Méningite Anaemia Anemia Anémie Willebrand Recklinghausen
`
  .trim()
  .split(/\s+/);
