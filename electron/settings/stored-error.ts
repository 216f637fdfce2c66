import { z } from 'zod'
import { errorKinds, type ErrorData } from '../../shared/errors'

/** An error as it is kept on disk with what it befell. */
export const storedError: z.ZodType<ErrorData> = z.object({
  kind: z.enum(errorKinds),
  message: z.string(),
  cure: z.string().exactOptional(),
  detail: z.string().exactOptional(),
  field: z.string().exactOptional(),
})
