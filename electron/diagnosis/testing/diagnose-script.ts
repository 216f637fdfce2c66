/** `node diagnose-script URI`: prints the steps as JSON. Bundled by a test, to be run as another user on a lab host. */
import { diagnose } from './diagnose'

diagnose(process.argv[2] ?? '').then(
  ({ steps }) => process.stdout.write(JSON.stringify(steps), () => process.exit(0)),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`, () => process.exit(1))
  },
)
