// Who is writing: the e-mail of their account in the workspace, which Slack tells us, and never what they write.

/** @returns {Promise<{ email: string } | undefined>} nothing for bots, for those who have left, and for other companies' people */
export async function employeeBy(client, { teamId }, userId) {
  const { user } = await client.users.info({ user: userId });
  const isOurs = user.team_id === teamId && !user.is_stranger && !user.is_bot && !user.deleted;
  const email = user.profile?.email;
  return isOurs && email ? { email } : undefined;
}
