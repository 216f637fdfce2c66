/** What of a new VM's choices may be kept on disk: all but what is secret, or may well be. */
import type { InstallSource, NewVmInput } from '../../../shared/model/new-vm/new-vm'

export interface KeptInput {
  readonly input: NewVmInput
  /** "the password": what is left out. */
  readonly without: string[]
}

export function withoutSecrets(input: NewVmInput): KeptInput {
  const without: string[] = []
  const source = keptSource(input.source, without)
  const hasSecret = input.changes.length > 0 && /passw|secret/i.test(JSON.stringify(input.changes))
  if (hasSecret) without.push('what was changed on the hardware pages')
  const { changesBase, ...rest } = input
  return {
    input: {
      ...rest,
      source,
      ...(hasSecret ? { changes: [] } : changesBase === undefined ? {} : { changesBase }),
    },
    without,
  }
}

function keptSource(source: InstallSource, without: string[]): InstallSource {
  switch (source.kind) {
    case 'cloud': {
      const { user, userData, networkConfig, ...init } = source.init
      if (userData !== undefined || networkConfig !== undefined) without.push('the texts for cloud-init')
      if (!user) return { ...source, init }
      const { password, ...named } = user
      if (password !== undefined) without.push('the password')
      return { ...source, init: { ...init, user: named } }
    }
    case 'iso': {
      const { answers, ...rest } = source
      if (answers) without.push('the answers for the installer')
      return rest
    }
    case 'tree': {
      const { answers, answersUrl, ...rest } = source
      if (answers) without.push('the answers for the installer')
      if (answersUrl === undefined) return rest
      if (hasLogin(answersUrl)) without.push('the address of the answers')
      return hasLogin(answersUrl) ? rest : { ...rest, answersUrl }
    }
    case 'container':
      if (source.env.length > 0) without.push('the variables of the container')
      return { ...source, env: [] }
    default:
      return source
  }
}

/** "https://ann:word@server" */
function hasLogin(url: string): boolean {
  return /^[a-z]+:\/\/[^/]*@/i.test(url)
}
