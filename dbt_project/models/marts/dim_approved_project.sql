with

projects as (
    select * from {{ ref('approved_projects') }}
),

final as (
    select
        project_code,
        school_code,
        school_year,
        stage,
        measure,
        amount,
        document
    from projects
)

select * from final
