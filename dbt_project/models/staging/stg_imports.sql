with

imports as (
    select * from {{ source('landing', '_imports') }}
),

retractions as (
    select * from {{ source('landing', '_retractions') }}
),

final as (
    select
        imports.import_id,
        max(cast(imports.import_seq as integer)) as import_seq,
        max(imports.imported_at) as imported_at
    from imports
    left join retractions on imports.import_id = retractions.import_id
    where retractions.import_id is null
    group by imports.import_id
)

select * from final
