// Who is writing: the user principal name of their account, which Teams tells us, and never what they write.

/**
 * @param {string | undefined} tenantId of our own directory
 * @param {(context: object, id: string) => Promise<{ userPrincipalName?: string }>} getMember of the SDK's `TeamsInfo`
 */
export const employeeBy = (tenantId, getMember) => async (context) => {
  const { channelId, conversation, from } = context.activity;
  // In other channels, such as Direct Line, a client may say itself who is there.
  if (channelId !== "msteams" || !from?.aadObjectId || conversation.tenantId !== tenantId) return undefined;
  const { userPrincipalName: upn } = await getMember(context, from.id);
  return upn ? { upn } : undefined;
};
