//! The built-in playbooks' words for what is wrong, as employees of each language write them.

use super::{LOCALE_FILES, wording};
use crate::conversation::setting::Setting;
use crate::conversation::testing::setting;
use crate::conversation::understanding::{Understood, symptom};

fn in_language(locale: &str) -> Setting {
    Setting { locale: locale.into(), words: wording(locale).commands(), ..setting() }
}

fn understood(setting: &Setting, text: &str) -> Vec<String> {
    match symptom(setting, text) {
        Understood::One(playbook) => vec![playbook.id.clone()],
        Understood::Several(playbooks) => playbooks.iter().map(|playbook| playbook.id.clone()).collect(),
        Understood::Nothing => Vec::new(),
    }
}

#[test]
fn what_is_wrong_is_understood_in_every_language() {
    for (locale, texts) in [
        (
            "fr",
            [
                ("Ma boîte de réception est vide", "outlook"),
                ("je ne recois plus mes mails", "outlook"),
                ("onedrive ne se synchronise plus", "onedrive"),
                ("mon PC est très lent ce matin", "slow-pc"),
                ("l'ordinateur rame", "slow-pc"),
                ("plus d'espace disque", "disk"),
                ("la batterie ne tient plus", "disk"),
            ],
        ),
        (
            "de",
            [
                ("In meinem Postfach fehlen Mails", "outlook"),
                ("Kalender geht nicht auf", "outlook"),
                ("OneDrive synchronisiert nicht", "onedrive"),
                ("Mein Rechner ist furchtbar langsam", "slow-pc"),
                ("der PC hängt dauernd", "slow-pc"),
                ("Festplatte voll", "disk"),
                ("Akku hält nicht", "disk"),
            ],
        ),
        (
            "es",
            [
                ("no me llega el correo", "outlook"),
                ("la bandeja de entrada está vacía", "outlook"),
                ("los archivos no se sincronizan", "onedrive"),
                ("el ordenador va muy lento", "slow-pc"),
                ("el PC se congela", "slow-pc"),
                ("no queda espacio en el disco duro", "disk"),
                ("la bateria dura poco", "disk"),
            ],
        ),
        (
            "ja",
            [
                ("メールが届きません", "outlook"),
                ("アウトルックが開かない", "outlook"),
                ("ファイルが同期されません", "onedrive"),
                ("パソコンがとても遅いです", "slow-pc"),
                ("画面がすぐ固まります", "slow-pc"),
                ("Cドライブの空き容量がない", "disk"),
                ("バッテリーがすぐ切れる", "disk"),
            ],
        ),
    ] {
        let setting = in_language(locale);
        for (text, playbook) in texts {
            assert_eq!(understood(&setting, text), [playbook], "{locale} {text}");
        }
    }
}

#[test]
fn the_title_of_a_playbook_names_it() {
    for (locale, _) in LOCALE_FILES {
        let setting = in_language(locale);
        for playbook in &setting.playbooks {
            assert_eq!(understood(&setting, playbook.title(locale)), [playbook.id.as_str()], "{locale}");
        }
    }
}
