import type { Host } from '../../../shared/model/host'
import { parseHostUri, type HostUri } from '../../../shared/model/host-uri'
import type { RecipeValues } from '../../../shared/recipes/recipe'

/** What is known of a host goes into the commands; the rest is for the user to fill in. */
export function initialValues(host: Host | undefined): RecipeValues {
  const uri = host && uriOf(host.uri)
  return {
    distribution: 'debian',
    daemons: 'monolithic',
    host: uri?.host ?? host?.lastInfo?.hostname ?? 'host.example.org',
    user: uri?.user ?? 'USER',
    group: 'libvirt',
  }
}

function uriOf(text: string): HostUri | undefined {
  try {
    return parseHostUri(text)
  } catch {
    // a host whose URI is wrong still gets its recipes
    return undefined
  }
}
