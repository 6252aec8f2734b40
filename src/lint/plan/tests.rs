use super::*;

fn all(plan: &Plan) -> usize {
    let _ = plan.engine();
    let declared = |name: &String| plan.member(name, 0).is_some();
    assert!(plan.schema.required.iter().all(declared));
    let members = plan.members.iter().flatten().map(|declared| &declared.plan);
    assert!(members.clone().count() <= u64::BITS as usize);
    let items = plan.items.as_deref();
    1 + members
        .chain(items)
        .chain(&plan.choice)
        .map(all)
        .sum::<usize>()
}

#[test]
fn every_schema_of_the_contract_compiles() {
    let names = Contract::get().schema_names();
    let count: usize = names.map(|name| Plan::get(name).map_or(0, all)).sum();
    assert!(count > 100);
}
