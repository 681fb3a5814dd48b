// Who is asking, as AWS has authenticated them: never what a message says.

/** Behind API Gateway with a JWT authorizer, which has verified the token of your identity provider. */
const byToken = ({ requestContext }) => {
  const { upn, email } = requestContext?.authorizer?.jwt?.claims ?? {};
  return upn ? { upn } : email && { email };
};

/** Behind a function URL with AWS_IAM: IAM Identity Center names a session after the person's account. */
const bySession = ({ requestContext }) => {
  const [, upn] =
    /:assumed-role\/AWSReservedSSO_[^/]+\/([^/]+@[^/]+)$/.exec(requestContext?.authorizer?.iam?.userArn) ?? [];
  return upn && { upn };
};

export const authenticated = (event) => byToken(event) || bySession(event);
