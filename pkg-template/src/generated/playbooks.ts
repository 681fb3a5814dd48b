// Made from the Rust structs by `npm run generate`. Do not edit.

/**
 * What a list of playbooks shows.
 */
export type PlaybookSummary = { 
/**
 * Its name in code.
 */
id: string, 
/**
 * Its version.
 */
version: string, 
/**
 * Its name for people, by locale.
 */
title: Record<string, string>, 
/**
 * For administrators: where it differs from published content.
 */
description: string, 
/**
 * Words by which employees call the trouble, by locale.
 */
symptoms: Record<string, Array<string>>, 
/**
 * The platforms that it applies to.
 */
platforms: Array<string>, 
/**
 * The saved query that brings its facts.
 */
queryId: string, 
/**
 * The names of its rules, in order.
 */
rules: Array<string>, };

/** `PlaybookSummary[]` as JSON. */
export const playbookSummaries =
  '[{"id":"outlook","version":"1.0.0","title":{"en":"Outlook problems","fr":"Problèmes avec Outlook","de":"Probleme mit Outlook","es":"Problemas con Outlook","ja":"Outlook の不具合"},"description":"Nexthink\'s published content for Microsoft Outlook. Differs from it in one place: one outdated Office package or more counts, not exactly one.","symptoms":{"en":["outlook","mail","e-mail","email","inbox","calendar","mailbox"],"fr":["outlook","mail","e-mail","email","courriel","messagerie","boîte de réception","boîte aux lettres","calendrier","agenda"],"de":["outlook","mail","e-mail","email","posteingang","kalender","postfach","termine"],"es":["outlook","correo","mail","e-mail","email","bandeja de entrada","buzón","calendario"],"ja":["outlook","アウトルック","メール","受信トレイ","受信箱","予定表","カレンダー"]},"platforms":["Windows"],"queryId":"#diagnose_outlook_issues","rules":["offline","crashed-plugins","long-uptime","outdated-office","repair-data-file"]},{"id":"onedrive","version":"1.0.0","title":{"en":"OneDrive problems","fr":"Problèmes avec OneDrive","de":"Probleme mit OneDrive","es":"Problemas con OneDrive","ja":"OneDrive の不具合"},"description":"Nexthink\'s published content for Microsoft OneDrive, as published.","symptoms":{"en":["onedrive","one drive","sync","synchronise","synchronize","cloud files"],"fr":["onedrive","one drive","synchro","synchronisation","synchroniser","synchronise","cloud"],"de":["onedrive","one drive","sync","synchronisieren","synchronisierung","synchronisiert","cloud"],"es":["onedrive","one drive","sincronización","sincronizar","sincroniza","nube"],"ja":["onedrive","one drive","ワンドライブ","同期","クラウド"]},"platforms":["Windows"],"queryId":"#diagnose_onedrive_issues","rules":["broken-onedrive"]},{"id":"slow-pc","version":"1.0.0","title":{"en":"Slow PC","fr":"PC lent","de":"Langsamer PC","es":"PC lento","ja":"PC の動作が遅い"},"description":"Nexthink\'s published content for slow PCs. Differs from it in three places: the query also lists the applications of high start-up impact, which its rule uses; the remote action is given the actionable ones among them; one outdated Office package or more counts, not exactly one.","symptoms":{"en":["slow","sluggish","hangs","freezes","takes forever","performance","start-up","startup"],"fr":["lent","ralenti","rame","traîne","fige","se bloque","plante","met longtemps","met du temps","performances","démarrage","démarre"],"de":["langsam","träge","lahm","hängt","friert","eingefroren","ruckelt","dauert ewig","performance","leistung","hochfahren","startet"],"es":["lento","lenta","lentitud","despacio","se cuelga","se congela","se bloquea","tarda","rendimiento","arranque","arranca","arrancar"],"ja":["遅い","遅く","遅すぎ","おそい","重い","重く","重たい","固まる","固まっ","固まり","フリーズ","もっさり","時間がかかる","時間がかかり","起動","パフォーマンス"]},"platforms":["Windows"],"queryId":"#diagnose_slow_pc_issues","rules":["long-uptime","disk-full","startup-load","slow-group-policy","outdated-office"]},{"id":"disk","version":"1.0.0","title":{"en":"Disk and battery","fr":"Disque et batterie","de":"Festplatte und Akku","es":"Disco y batería","ja":"ディスクとバッテリー"},"description":"Follows Nexthink\'s published chatbot use case, \\"Remediating disk issues with a chatbot\\": start-up impact, battery and disk cleanup. Its thresholds are not published: for the disk and the start they are those of slow-pc; a battery is worn when it holds less than half of its designed capacity, for then it lasts half as long as it did, whatever the model.","symptoms":{"en":["disk","hard drive","c drive","storage","space","battery","power cable"],"fr":["disque","disque dur","lecteur c","stockage","espace","plus de place","batterie","autonomie","câble d\'alimentation","chargeur"],"de":["festplatte","platte voll","laufwerk c","c-laufwerk","speicher","speicherplatz","kein platz","akku","batterie","netzkabel","ladekabel","netzteil"],"es":["disco","disco duro","unidad c","almacenamiento","espacio","batería","cable de alimentación","cargador"],"ja":["ディスク","ハードディスク","cドライブ","c ドライブ","ストレージ","容量","空き","バッテリー","電池","充電","電源ケーブル"]},"platforms":["Windows"],"queryId":"#diagnose_disk_issues","rules":["disk-full","startup-load","worn-battery"]}]';
