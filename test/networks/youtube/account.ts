/** The council's Google project and channel, as the peer knows them. */
export const credentials = {
  clientId: 'council.apps.googleusercontent.com',
  clientSecret: 'peer-google-client-secret',
  refreshToken: '1//peer',
};
