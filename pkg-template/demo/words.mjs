// What the page itself says in the chat, in the assistant's languages. What the assistant says comes from the package.

/** Languages by the names that they give themselves. */
export const languages = { en: "English", fr: "Français", de: "Deutsch", es: "Español", ja: "日本語" };

/** Complaints by the playbooks that help with them. */
export const words = {
  en: {
    hello: (name) => `Hello ${name}. What is wrong with your PC?`,
    hint: "Choose one, or write in your own words.",
    complaints: {
      outlook: "My Outlook keeps crashing",
      onedrive: "OneDrive does not sync",
      "slow-pc": "My PC is slow",
      disk: "My disk is full",
    },
    placeholder: "Write a message",
    send: "Send",
    answers: "Your answer",
    you: "You",
    assistant: "Assistant",
    consent: "Your consent is needed",
    handOver: "What the service desk gets",
  },
  fr: {
    hello: (name) => `Bonjour ${name}. Qu’est-ce qui ne va pas avec votre PC ?`,
    hint: "Choisissez, ou écrivez avec vos mots.",
    complaints: {
      outlook: "Outlook ne fonctionne plus",
      onedrive: "OneDrive ne synchronise plus",
      "slow-pc": "Mon PC est lent",
      disk: "Mon disque est plein",
    },
    placeholder: "Écrivez un message",
    send: "Envoyer",
    answers: "Votre réponse",
    you: "Vous",
    assistant: "Assistant",
    consent: "Votre accord est nécessaire",
    handOver: "Ce que reçoit le centre de services",
  },
  de: {
    hello: (name) => `Hallo ${name}. Was stimmt mit Ihrem PC nicht?`,
    hint: "Wählen Sie, oder schreiben Sie es mit Ihren Worten.",
    complaints: {
      outlook: "Outlook stürzt immer wieder ab",
      onedrive: "OneDrive synchronisiert nicht",
      "slow-pc": "Mein PC ist langsam",
      disk: "Meine Festplatte ist voll",
    },
    placeholder: "Nachricht schreiben",
    send: "Senden",
    answers: "Ihre Antwort",
    you: "Sie",
    assistant: "Assistent",
    consent: "Ihre Zustimmung ist nötig",
    handOver: "Was der Service-Desk bekommt",
  },
  es: {
    hello: (name) => `Hola, ${name}. ¿Qué le pasa a su PC?`,
    hint: "Elija, o escríbalo con sus palabras.",
    complaints: {
      outlook: "Outlook se cierra solo",
      onedrive: "OneDrive no sincroniza",
      "slow-pc": "Mi PC va lento",
      disk: "Mi disco está lleno",
    },
    placeholder: "Escriba un mensaje",
    send: "Enviar",
    answers: "Su respuesta",
    you: "Usted",
    assistant: "Asistente",
    consent: "Se necesita su consentimiento",
    handOver: "Lo que recibe el centro de servicios",
  },
  ja: {
    hello: (name) => `${name} さん、こんにちは。PC で何かお困りですか？`,
    hint: "下から選ぶか、ご自分の言葉で書いてください。",
    complaints: {
      outlook: "Outlook が何度も落ちます",
      onedrive: "OneDrive が同期しません",
      "slow-pc": "PC の動作が遅いです",
      disk: "ディスクの空きがありません",
    },
    placeholder: "メッセージを書く",
    send: "送信",
    answers: "回答",
    you: "あなた",
    assistant: "アシスタント",
    consent: "同意が必要です",
    handOver: "サービスデスクに渡る内容",
  },
};
