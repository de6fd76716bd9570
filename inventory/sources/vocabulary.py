"""The words by which columns give away what they hold, in six languages, by data category.

Phrases are separated by commas; spaces, case, accents and underscores make no difference, so
"first name" also finds `FirstName` and `first_name`. The codes are those of the law data.
"""

LANGUAGES = {
    "en": "English",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "pt": "Portuguese",
    "he": "Hebrew",
}

PHRASES: dict[str, dict[str, str]] = {
    "name": {
        "en": "first name, last name, full name, middle name, surname, family name, given name, "
        "maiden name, forename, nickname, display name, name suffix, firstname, lastname",
        "fr": "prénom, nom de famille, nom de naissance, nom complet, nom usage",
        "de": "Vorname, Nachname, Familienname, Geburtsname, Zuname, Rufname",
        "es": "primer nombre, nombre completo, apellido, apellidos, nombre y apellidos",
        "pt": "sobrenome, nome completo, primeiro nome, nome social, apelido",
        "he": "שם פרטי, שם משפחה, שם מלא",
    },
    "email": {
        "en": "email, e mail, email address",
        "fr": "courriel, adresse email, adresse mail, adresse électronique",
        "de": "Emailadresse, E Mail Adresse, Mailadresse",
        "es": "correo electrónico, correo",
        "pt": "correio eletrônico, endereço de email",
        "he": "דואל, דואר אלקטרוני, אימייל",
    },
    "phone": {
        "en": "phone, telephone, mobile number, cell phone, phone number, mobile phone, fax, "
        "fax number, home phone, whatsapp, tel",
        "fr": "téléphone, numéro de téléphone",
        "de": "Telefon, Telefonnummer, Handy, Handynummer, Mobilnummer, Rufnummer",
        "es": "teléfono, móvil, celular, teléfono móvil",
        "pt": "telefone, celular, telemóvel, telefone celular",
        "he": "טלפון, נייד, מספר טלפון, טלפון נייד",
    },
    "postal_address": {
        "en": "address, street, street address, zip, zip code, zipcode, postcode, postal code, "
        "city, town, address line, house number, addr",
        "fr": "adresse, rue, code postal, ville, adresse postale",
        "de": "Anschrift, Strasse, Straße, Hausnummer, PLZ, Postleitzahl, Wohnort, Ort, Adresse",
        "es": "dirección, calle, código postal, ciudad, domicilio",
        "pt": "endereço, rua, CEP, bairro, cidade, logradouro, complemento endereço",
        "he": "כתובת, רחוב, מיקוד, עיר, ישוב",
    },
    "national_id": {
        "en": "national id, identity card, id card number, identity number, citizen id, "
        "national identifier",
        "fr": "carte identité, numéro national, pièce identité",
        "de": "Ausweisnummer, Personalausweis",
        "es": "DNI, documento de identidad, cédula, número de documento, RUT, NIE",
        "pt": "RG, carteira de identidade, registro geral, cartão de cidadão",
        "he": "תעודת זהות, מספר זהות, teudat zehut",
    },
    "tax_id": {
        "en": "tax id, tax number, taxpayer number, VAT number, TIN",
        "fr": "numéro fiscal, numéro TVA, SIRET, SIREN",
        "de": "Steuernummer, Steuer ID, USt ID, Umsatzsteuer ID",
        "es": "CUIT, CUIL, NIF, RFC",
        "pt": "CPF, CNPJ",
        "he": "עוסק מורשה, מספר עוסק",
    },
    "social_security_number": {
        "en": "SSN, social security number, social security",
        "fr": "numéro de sécurité sociale, NIR, numéro sécu",
        "de": "Sozialversicherungsnummer, Rentenversicherungsnummer",
        "es": "número de seguridad social, seguridad social",
        "pt": "NIS, PIS PASEP, NISS",
        "he": "ביטוח לאומי",
    },
    "passport_number": {
        "en": "passport, passport number",
        "fr": "passeport, numéro de passeport",
        "de": "Reisepass, Passnummer, Reisepassnummer",
        "es": "pasaporte",
        "pt": "passaporte",
        "he": "דרכון, מספר דרכון",
    },
    "driving_licence": {
        "en": "driving licence, driver license, drivers license, licence number",
        "fr": "permis de conduire",
        "de": "Führerschein, Führerscheinnummer",
        "es": "licencia de conducir, permiso de conducir",
        "pt": "CNH, carteira de motorista",
        "he": "רישיון נהיגה",
    },
    "date_of_birth": {
        "en": "birth date, birthdate, date of birth, DOB, birthday, birth day, year of birth, "
        "birth year",
        "fr": "date de naissance, date naissance, né le, année de naissance",
        "de": "Geburtsdatum, Geburtstag, Geburtsjahr",
        "es": "fecha de nacimiento, fecha nacimiento, año de nacimiento",
        "pt": "data de nascimento, data nascimento, ano de nascimento, nascimento",
        "he": "תאריך לידה, שנת לידה",
    },
    "age": {"en": "age", "de": "Lebensalter", "es": "edad", "pt": "idade", "he": "גיל"},
    "gender": {
        "en": "gender, sex",
        "fr": "sexe, civilité",
        "de": "Geschlecht, Anrede",
        "es": "sexo, género",
        "pt": "sexo, gênero",
        "he": "מין, מגדר",
    },
    "nationality": {
        "en": "nationality, citizenship",
        "fr": "nationalité, citoyenneté",
        "de": "Staatsangehörigkeit, Nationalität, Staatsbürgerschaft",
        "es": "nacionalidad, ciudadanía",
        "pt": "nacionalidade, cidadania",
        "he": "אזרחות, לאום",
    },
    "photo": {
        "en": "photo, photograph, avatar, profile picture, portrait, selfie",
        "fr": "photographie, photo identité",
        "de": "Foto, Lichtbild, Passfoto, Profilbild",
        "es": "foto, fotografía",
        "pt": "foto, fotografia, foto de perfil",
        "he": "תמונה, תמונת פרופיל",
    },
    "signature": {
        "en": "handwritten signature, signature image",
        "de": "Unterschrift",
        "pt": "assinatura manuscrita",
        "he": "חתימה",
    },
    "ip_address": {
        "en": "IP, IP address, IPv4, IPv6, remote addr, client IP, remote IP",
        "fr": "adresse IP",
        "de": "IP Adresse",
        "es": "dirección IP",
        "pt": "endereço IP",
        "he": "כתובת IP",
    },
    "device_id": {
        "en": "device id, IMEI, IMSI, MAC address, user agent, advertising id, IDFA, "
        "device fingerprint, browser fingerprint, cookie id, device token, push token",
        "fr": "identifiant appareil",
        "de": "Geräte ID, Gerätekennung",
        "es": "id de dispositivo",
        "pt": "id do dispositivo, identificador do dispositivo",
        "he": "מזהה מכשיר",
    },
    "account_id": {
        "en": "username, user name, login, login name, user id, account id, customer id, "
        "customer number, member id, member number, patient id, student id, staff id, "
        "employee id, employee number, person id, contact id, client id, screen name",
        "fr": "identifiant, pseudo, numéro client, nom utilisateur, numéro adhérent",
        "de": "Benutzername, Kundennummer, Personalnummer, Mitgliedsnummer, Benutzerkennung",
        "es": "nombre de usuario, número de cliente, usuario id, id cliente, id usuario",
        "pt": "nome de usuário, matrícula, id cliente, id usuário, código do cliente",
        "he": "שם משתמש, מספר לקוח",
    },
    "password_secret": {
        "en": "password, password hash, passwd, passphrase, pwd, secret, api key, access token, "
        "refresh token, private key, security answer, pin code, password salt, otp secret",
        "fr": "mot de passe, mdp",
        "de": "Passwort, Kennwort",
        "es": "contraseña, clave secreta",
        "pt": "senha, palavra passe",
        "he": "סיסמה, סיסמא",
    },
    "location": {
        "en": "latitude, longitude, geolocation, GPS, lat, lng, gps coordinates, geo point",
        "fr": "géolocalisation, coordonnées GPS",
        "de": "Standort, Breitengrad, Längengrad",
        "es": "latitud, longitud, ubicación, geolocalización",
        "pt": "geolocalização, localização",
        "he": "מיקום, קו רוחב, קו אורך",
    },
    "bank_account": {
        "en": "IBAN, BIC, bank account, bank account number, routing number, sort code, "
        "account holder",
        "fr": "RIB, compte bancaire, numéro de compte",
        "de": "Kontonummer, Bankverbindung, Bankleitzahl, Kontoinhaber",
        "es": "cuenta bancaria, CBU, CLABE, número de cuenta",
        "pt": "conta bancária, conta corrente, chave PIX, agência bancária",
        "he": "חשבון בנק, מספר חשבון",
    },
    "payment_card": {
        "en": "credit card, card number, CVV, CVC, cc number, debit card, card holder, "
        "credit card number",
        "fr": "carte bancaire, carte de crédit, numéro de carte",
        "de": "Kreditkarte, Kreditkartennummer, Kartennummer",
        "es": "tarjeta de crédito, número de tarjeta",
        "pt": "cartão de crédito, número do cartão",
        "he": "כרטיס אשראי",
    },
    "salary": {
        "en": "salary, wage, wages, gross pay, net pay, base pay, payroll",
        "fr": "salaire, rémunération, salaire brut, salaire net",
        "de": "Gehalt, Lohn, Bruttogehalt, Nettogehalt",
        "es": "sueldo, salario",
        "pt": "salário, remuneração, vencimentos",
        "he": "שכר, משכורת",
    },
    "financial_transaction": {
        "en": "transaction amount, payment amount, amount paid, account balance, payment date, "
        "invoice total",
        "fr": "montant payé, montant paiement, solde du compte",
        "de": "Kontostand, Zahlungsbetrag",
        "es": "monto pagado, saldo de cuenta, importe pagado",
        "pt": "valor pago, saldo da conta",
        "he": "סכום תשלום, יתרה",
    },
    "health": {
        "en": "diagnosis, disease, illness, medication, allergy, allergies, blood type, "
        "blood group, blood pressure, symptoms, immunization, vaccination, pregnant, pregnancy, "
        "health, medical history, medical record, medical, BMI, ICD 10, sick leave, "
        "sick days, physician, prescription",
        "fr": "diagnostic médical, maladie, allergie, groupe sanguin, santé, arrêt maladie, "
        "antécédents médicaux, médecin traitant, grossesse",
        "de": "Diagnose, Krankheit, Blutgruppe, Gesundheit, Krankmeldung, Krankenstand, Allergie, "
        "Schwangerschaft, Medikament",
        "es": "diagnóstico médico, enfermedad, alergia, grupo sanguíneo, salud, embarazo, "
        "historia clínica",
        "pt": "doença, alergia, tipo sanguíneo, saúde, gravidez, prontuário, atestado médico, "
        "grupo sanguíneo",
        "he": "אבחנה, מחלה, אלרגיה, סוג דם, בריאות, הריון",
    },
    "disability": {
        "en": "disability, disabled person, handicap",
        "fr": "handicap, invalidité",
        "de": "Schwerbehinderung, Behinderung, Grad der Behinderung",
        "es": "discapacidad",
        "pt": "deficiência",
        "he": "נכות, מוגבלות",
    },
    "genetic": {
        "en": "DNA, genome, genotype, genetic, genetic test, dna sequence",
        "fr": "ADN, génétique, génome",
        "de": "Gentest, Erbgut",
        "es": "ADN, genético",
        "pt": "genético, genoma",
        "he": "גנטי",
    },
    "biometric": {
        "en": "fingerprint, biometric, biometric template, face template, face embedding, "
        "iris scan, voiceprint, retina scan",
        "fr": "empreinte digitale, biométrie, gabarit biométrique",
        "de": "Fingerabdruck, Gesichtsabdruck",
        "es": "huella dactilar, huella digital, biométrico",
        "pt": "impressão digital, biometria, biométrico",
        "he": "טביעת אצבע, ביומטרי",
    },
    "ethnic_origin": {
        "en": "ethnicity, ethnic origin, ethnic group, race, racial origin",
        "fr": "ethnie, origine ethnique",
        "de": "ethnische Herkunft, Ethnie",
        "es": "etnia, raza, origen étnico",
        "pt": "etnia, raça, cor raça, origem étnica",
        "he": "מוצא, מוצא אתני",
    },
    "religion": {
        "en": "religion, religious belief, faith, church tax",
        "fr": "croyance religieuse, confession religieuse",
        "de": "Konfession, Religionszugehörigkeit, Kirchensteuer",
        "es": "religión",
        "pt": "religião, crença religiosa",
        "he": "דת",
    },
    "political_opinion": {
        "en": "political opinion, political party, political affiliation",
        "fr": "opinion politique, parti politique",
        "de": "Parteizugehörigkeit, politische Meinung",
        "es": "partido político, opinión política",
        "pt": "filiação partidária, opinião política",
        "he": "מפלגה, דעה פוליטית",
    },
    "trade_union": {
        "en": "trade union, union member, union membership, labor union, labour union",
        "fr": "syndicat, appartenance syndicale",
        "de": "Gewerkschaft, Gewerkschaftszugehörigkeit",
        "es": "sindicato, afiliación sindical",
        "pt": "sindicato, filiação sindical",
        "he": "איגוד מקצועי, ועד עובדים",
    },
    "sexual_life": {
        "en": "sexual orientation, sex life, sexual preference",
        "fr": "orientation sexuelle, vie sexuelle",
        "de": "sexuelle Orientierung",
        "es": "orientación sexual",
        "pt": "orientação sexual, vida sexual",
        "he": "נטייה מינית",
    },
    "criminal_record": {
        "en": "criminal record, criminal history, conviction, convictions, background check",
        "fr": "casier judiciaire, condamnation pénale",
        "de": "Vorstrafe, Vorstrafen, Führungszeugnis",
        "es": "antecedentes penales",
        "pt": "antecedentes criminais",
        "he": "רישום פלילי, עבר פלילי",
    },
    "family": {
        "en": "marital status, civil status, spouse, children, number of children, dependents, "
        "next of kin, emergency contact, guardian, mother, father, siblings",
        "fr": "situation familiale, état civil, conjoint, enfants, nombre enfants, "
        "nombre d enfants, mère, père",
        "de": "Familienstand, Ehepartner, Kinder, Anzahl Kinder, Mutter, Vater",
        "es": "estado civil, cónyuge, hijos, madre, padre",
        "pt": "estado civil, cônjuge, filhos, dependentes, mãe, filiação",
        "he": "מצב משפחתי, ילדים, בן זוג",
    },
    "education": {
        "en": "education, education level, academic degree, diploma, GPA, grade level, class rank, "
        "transcript, letter grade, exam score, test score",
        "fr": "niveau études, diplôme, formation initiale, moyenne générale",
        "de": "Schulabschluss, Bildungsabschluss, Schulnote, Ausbildung",
        "es": "nivel de estudios, título académico, calificación, escolaridad",
        "pt": "escolaridade, grau de instrução, nota escolar",
        "he": "השכלה, ציון",
    },
    "employment": {
        "en": "job title, employer, hire date, hired on, occupation, profession, "
        "employment status, termination date, reports to, work history",
        "fr": "emploi, employeur, profession, date embauche, poste occupé",
        "de": "Beruf, Arbeitgeber, Eintrittsdatum, Berufsbezeichnung",
        "es": "empleador, ocupación, profesión, puesto de trabajo, fecha de ingreso",
        "pt": "profissão, empregador, ocupação, data de admissão",
        "he": "מקצוע, מעסיק, תפקיד",
    },
    "behaviour": {
        "en": "last login, last seen, login time, page views, click count, search query, "
        "failed login, failed logins, visited at, referrer, last activity",
        "fr": "dernière connexion, pages vues",
        "de": "letzter Login, letzte Anmeldung, Seitenaufrufe",
        "es": "último acceso, último inicio de sesión",
        "pt": "último acesso, último login",
        "he": "כניסה אחרונה",
    },
    "preferences": {
        "en": "preferences, preference, opt in, newsletter, marketing consent, interests, "
        "notification settings",
        "fr": "préférences, centres intérêt",
        "de": "Präferenzen, Vorlieben, Interessen",
        "es": "preferencias, intereses",
        "pt": "preferências, interesses",
        "he": "העדפות",
    },
    "free_text": {
        "en": "notes, note, comments, comment, remarks, remark, free text",
        "fr": "remarques, commentaire, commentaires, texte libre",
        "de": "Bemerkung, Bemerkungen, Notiz, Notizen, Freitext, Anmerkung",
        "es": "observaciones, comentario, comentarios",
        "pt": "observação, observações, comentário, anotações",
        "he": "הערות, הערה",
    },
    "technical": {
        "en": "created at, updated at, modified at, deleted at, last update, last updated, "
        "last modified, sort order, row version, etag, checksum, created on, updated on",
        "fr": "date création, date modification, date mise à jour",
        "de": "erstellt am, geändert am, Änderungsdatum",
        "es": "fecha de creación, fecha de modificación, creado en",
        "pt": "data de criação, criado em, atualizado em, data de atualização",
        "he": "תאריך יצירה, תאריך עדכון",
    },
    "not_personal": {
        "en": "product name, product price, unit price, SKU, currency, currency code, stock, "
        "quantity, tax rate, VAT rate, web address, www address, replacement cost, rental rate",
        "fr": "prix unitaire, devise, quantité, nom du produit, taux TVA",
        "de": "Stückpreis, Währung, Menge, Produktname, Artikelnummer, Steuersatz",
        "es": "precio unitario, moneda, cantidad, nombre del producto",
        "pt": "preço unitário, moeda, quantidade, nome do produto",
        "he": "מחיר, מטבע, כמות, שם מוצר",
    },
}

# A person's or relative's noun with a word for "name", in any order, is a person's name.
NAMES = {
    "en": "name, names",
    "fr": "nom, noms",
    "de": "name, namen",
    "es": "nombre",
    "pt": "nome",
    "he": "שם",
}
PEOPLE = {
    "en": "mother, father, parent, guardian, spouse, child, patient, customer, client, student, "
    "employee, teacher, staff, contact, person, member, author, actor, driver, applicant, "
    "candidate, recipient, sender, manager, doctor, physician, holder, owner, nurse, tenant, "
    "visitor, guest, passenger, beneficiary, witness, principal",
    "fr": "mère, père, parent, tuteur, conjoint, enfant, client, élève, employé, salarié, "
    "enseignant, personne, auteur, conducteur, candidat, destinataire, médecin, titulaire",
    "de": "mutter, vater, eltern, kind, patient, kunde, kunden, schüler, mitarbeiter, lehrer, "
    "person, autor, fahrer, bewerber, empfänger, arzt, inhaber, mieter",
    "es": "madre, padre, tutor, cónyuge, hijo, hija, paciente, cliente, alumno, empleado, docente, "
    "persona, autor, conductor, candidato, destinatario, médico, titular",
    "pt": "mae, mãe, pai, responsável, cônjuge, filho, filha, paciente, cliente, aluno, "
    "funcionário, professor, pessoa, autor, motorista, candidato, destinatário, médico, titular",
    "he": "אם, אב, הורה, מטופל, לקוח, תלמיד, עובד, מורה, סטודנט, חולה",
}
