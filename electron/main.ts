import { app } from 'electron'
import { helpText, parseCommandLine, UsageError, type CommandLine } from './app/command-line'
import { Innkeeper } from './app/innkeeper'
import { ownArguments } from './app/launch'
import { lockDown } from './app/security'
import { registerUiScheme } from './app/ui-protocol'

/** Start-up order only: command line, single instance, then the app itself. */
function main(): void {
  const argv = ownArguments(process.argv, app.isPackaged, app.getAppPath())
  const wanted = readCommandLine(argv)
  if (!wanted) return
  const home = process.env['INNKEEPER_HOME']
  if (home) app.setPath('userData', home)
  // One window per settings folder; a second start hands over what it was asked and ends.
  if (!app.requestSingleInstanceLock({ argv })) {
    app.exit(0)
    return
  }
  registerUiScheme()
  lockDown(app)
  const innkeeper = new Innkeeper(wanted)
  app.on('second-instance', (_, _argv, _folder, data) => innkeeper.obeySecondStart(handedOver(data)))
  app.on('window-all-closed', () => app.quit())
  app.on('activate', () => innkeeper.showWindow())
  app.whenReady().then(
    () => innkeeper.start(),
    (error: unknown) => fail(String(error), 1),
  )
}

function readCommandLine(argv: readonly string[]): CommandLine | undefined {
  try {
    const wanted = parseCommandLine(argv)
    for (const note of wanted.notes) process.stderr.write(`innkeeper: ${note}\n`)
    if (wanted.help) return exit(helpText)
    if (wanted.version) return exit(`innkeeper ${app.getVersion()}\n`)
    return wanted
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return fail(`${error.message}\nTry innkeeper --help`, 2)
  }
}

/** The other process is ours, yet its words are checked like any others. */
function handedOver(data: unknown): CommandLine | undefined {
  const argv = (data as { argv?: unknown } | null)?.argv
  if (!Array.isArray(argv) || !argv.every((word) => typeof word === 'string')) return undefined
  try {
    return parseCommandLine(argv)
  } catch {
    return undefined
  }
}

function exit(text: string): undefined {
  process.stdout.write(text, () => app.exit(0))
}

function fail(text: string, code: number): undefined {
  process.stderr.write(`innkeeper: ${text}\n`, () => app.exit(code))
}

main()
