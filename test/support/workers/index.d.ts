// The built Worker, beside which the entries here stand.

declare const Rollcall: any;
export default Rollcall;
export const CompanyObject: any;
