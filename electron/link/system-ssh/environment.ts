/**
 * What ssh gets of our environment: messages in English, as they are read here, while letters stay those of the user.
 * SSH_ASKPASS_REQUIRE is known since OpenSSH 8.4; older ones ask by SSH_ASKPASS when they have no terminal and DISPLAY
 * is set.
 */
export function sshEnvironment(options: {
  readonly agent?: string | undefined
  readonly askpass?: string | undefined
  readonly from?: NodeJS.ProcessEnv
}): NodeJS.ProcessEnv {
  const { agent, askpass, from = process.env } = options
  const { LC_ALL, LANGUAGE: _language, LC_CTYPE, LANG, ...env } = from
  const letters = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '')
  env['LC_MESSAGES'] = 'C'
  if (letters !== undefined) env['LC_CTYPE'] = letters
  if (agent !== undefined) {
    if (agent === '') delete env['SSH_AUTH_SOCK']
    else env['SSH_AUTH_SOCK'] = agent
  }
  delete env['SSH_ASKPASS_PROMPT']
  if (askpass !== undefined) {
    env['SSH_ASKPASS'] = askpass
    env['SSH_ASKPASS_REQUIRE'] = 'force'
    env['DISPLAY'] ??= ':0'
  }
  return env
}
